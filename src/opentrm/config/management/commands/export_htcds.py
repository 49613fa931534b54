"""``opentrm export-htcds FILE --team``: a case manager's own cases as an HTCDS file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from opentrm.audit import record as audit
from opentrm.cases.actions.exchange import each_exported
from opentrm.cases.gate import case_for
from opentrm.cases.queries import cases_of
from opentrm.config.management.commands.import_htcds import _manager
from opentrm.interchange import write_htcds
from opentrm.kernel.errors import NotValid

FORMS = {".csv": "csv", ".json": "json", ".xlsx": "xlsx"}


class Command(BaseCommand):
    help = "Write a case manager's cases as HTCDS 2.0; the ending of FILE decides: .csv, .json, .xlsx."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file")
        parser.add_argument("--team", required=True, help="sign-in name of the case manager whose cases are written")

    def handle(self, *args: Any, **options: Any) -> None:
        file = Path(options["file"])
        form = FORMS.get(file.suffix)
        if form is None:
            raise NotValid("End the file's name with .csv, .json or .xlsx.")
        manager = _manager(options["team"])
        refs = list(cases_of(manager).values_list("case__ref", flat=True))
        opened = (case_for(manager, ref, purpose="case.exported") for ref in refs)
        data = write_htcds(each_exported(opened), form)  # type: ignore[arg-type]
        with transaction.atomic():
            audit.record(manager, "cases.exported", decision="read", detail=str(len(refs)))
        file.write_bytes(data)
        file.chmod(0o600)
        self.stdout.write(f"{len(refs)} cases written to {file}. It names people: keep it as you keep the node's keys.")
