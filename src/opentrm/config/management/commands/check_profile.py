"""``opentrm check-profile``: every problem of a profile, with file and line."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from opentrm.protocol.check import check_profile
from opentrm.protocol.load import SHIPPED

ALL = ("base", "al", "ba", "md", "me", "ro", "rs")


class Command(BaseCommand):
    help = "Check one profile, or all that ship. Exit code 1 when there is a problem."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", nargs="?", default="", help="such as rs; all unless given")
        parser.add_argument("--folder", default=str(SHIPPED), help="where the profiles lie")

    def handle(self, *args: Any, **options: Any) -> None:
        names = [options["name"]] if options["name"] else list(ALL)
        problems = [problem for name in names for problem in check_profile(name, Path(options["folder"]))]
        for problem in problems:
            self.stdout.write(str(problem))
        if problems:
            raise SystemExit(1)
        self.stdout.write(f"{', '.join(names)}: no problem found.")
