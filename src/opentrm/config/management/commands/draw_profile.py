"""``opentrm draw-profile``: a procedure as a diagram and a table."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from opentrm.protocol import load_profile
from opentrm.protocol.draw import draw


class Command(BaseCommand):
    help = "A profile in markdown with a mermaid diagram, drawn from its data."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("name", help="such as rs")

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(draw(load_profile(options["name"])))
