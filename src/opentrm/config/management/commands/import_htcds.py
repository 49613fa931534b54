"""``opentrm import-htcds FILE --team``: show what a file says, then take over its cases, all or none."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from opentrm.accounts.models import User
from opentrm.audit import record as audit
from opentrm.audit.record import Machine
from opentrm.cases.actions.exchange import take_one
from opentrm.interchange import Reading, read_htcds
from opentrm.kernel.errors import NotFound, NotValid

OPERATOR = Machine("operator")
SHOWN = 20


class Command(BaseCommand):
    help = "Take over cases from an HTCDS 2.0 file (CSV, JSON, XLSX). A tick in a file never becomes consent."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file")
        parser.add_argument("--team", required=True, help="sign-in name of the case manager who will have the cases")
        parser.add_argument("--look", action="store_true", help="only show what was understood")
        parser.add_argument("--what-fits", action="store_true", help="take over although some values have no place")

    def handle(self, *args: Any, **options: Any) -> None:
        file = Path(options["file"])
        if not file.is_file():
            raise NotFound(f"There is no file {file}.")
        reading = read_htcds(file.read_bytes())
        self.show(reading)
        if options["look"]:
            return
        if reading.problem_count and not options["what_fits"]:
            raise NotValid(
                "Nothing was taken over. Mend the values named above, or add --what-fits: they are then kept "
                "with their column."
            )
        self.take(reading, _manager(options["team"]))

    def show(self, reading: Reading) -> None:
        """What was understood, and what was not; never a value, which may be about a person."""
        say = self.stdout.write
        say(f"{len(reading.cases)} cases in a {reading.format} file; {len(reading.understood)} columns understood.")
        if reading.unplaced:
            say(f"Columns without a place, kept with each case: {', '.join(reading.unplaced)}")
        claims = sum(bool(case.claims) for case in reading.cases)
        if claims:
            say(f"{claims} cases have a tick for consent. A tick is not consent: she is asked again.")
        for problem in reading.problems[:SHOWN]:
            say(f"  row {problem.row}, {problem.column}: {problem.sentence}")
        if reading.problem_count > SHOWN:
            say(f"  ... and {reading.problem_count - SHOWN} more of the kind.")

    def take(self, reading: Reading, manager: User) -> None:
        """All or none, with a line that counts."""
        with transaction.atomic():
            for place, case in enumerate(reading.cases, 1):
                take_one(case, manager)
                if place % 50 == 0 and sys.stderr.isatty():
                    self.stderr.write(f"\r{place} of {len(reading.cases)}", ending="")
            audit.record(OPERATOR, "cases.imported", detail=str(len(reading.cases)))
        self.stdout.write(f"{len(reading.cases)} cases taken over by {manager.username}.")


def _manager(username: str) -> User:
    found = User.objects.filter(username__iexact=username, is_active=True).first()
    if found is None or not found.holds("case_manager"):
        raise NotValid(f"There is no active case manager called {username}.")
    return found
