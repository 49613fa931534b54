"""``opentrm peer``: pair this node with another country's, by file and by digits read aloud."""

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from opentrm.audit.record import Machine
from opentrm.federation.fingerprint import fingerprint
from opentrm.kernel.errors import NotFound
from opentrm.referrals import identity, partners

OPERATOR = Machine("operator")


class Command(BaseCommand):
    help = "card: write our card to a file. add FILE: take in a partner's. confirm NODE DIGITS: trust it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_subparsers(dest="act", required=True)
        acts.add_parser("card", help="write our card").add_argument("file", help="where to; - for standard output")
        acts.add_parser("add", help="take in a partner's card").add_argument("file")
        confirm = acts.add_parser("confirm", help="trust a partner whose digits were read aloud")
        confirm.add_argument("node")
        confirm.add_argument("digits", help="the eight digits they read to you")
        acts.add_parser("list", help="the partners and their fingerprints")

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, f"do_{options['act']}")(options)

    def do_card(self, options: dict[str, Any]) -> None:
        """Write our card, and say the fingerprint to read aloud."""
        card = identity.signed_statement()
        if options["file"] == "-":
            sys.stdout.buffer.write(card)
            return
        Path(options["file"]).write_bytes(card)
        self.stdout.write(f"Read this aloud to the other country: {fingerprint(identity.own_statement())}")

    def do_add(self, options: dict[str, Any]) -> None:
        """Take in a card; trusts nothing yet."""
        file = Path(options["file"])
        if not file.is_file():
            raise NotFound(f"There is no file {file}.")
        made = partners.add(file.read_bytes(), actor=OPERATOR)
        self.stdout.write(
            f"Taken in: {made.owner} ({made.node}). Call them on a number you know, let them read their words and\n"
            f"digits, compare the words ({' '.join(partners.fingerprint_of(made).words)}), then:\n"
            f"  opentrm peer confirm {made.node} DIGITS"
        )

    def do_confirm(self, options: dict[str, Any]) -> None:
        """Trust a partner."""
        found = partners.partner_named(options["node"])
        partners.confirm(found, options["digits"], actor=OPERATOR)
        self.stdout.write(f"{found.owner} is trusted now.")

    def do_list(self, options: dict[str, Any]) -> None:
        """The partners."""
        for one in partners.partners():
            state = "trusted" if one.confirmed_at else "not confirmed"
            self.stdout.write(f"{one.node}  {one.owner}  {state}  {partners.fingerprint_of(one)}")
