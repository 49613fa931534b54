"""(for `make demo`) One node's hand: reads what to do line by line, answers with one line of JSON each."""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.core.management.base import BaseCommand
from django.db import transaction

from opentrm.cases.actions.exchange import take_one
from opentrm.cases.models import Case
from opentrm.config.demo import abroad_scenes, home_scenes
from opentrm.config.demo.actor import Node
from opentrm.interchange import read_htcds
from opentrm.kernel.errors import NotNow, Refused
from opentrm.node import current

CASELOAD = Path(home_scenes.__file__).parent / "caseload"


class Command(BaseCommand):
    help = "Part of the demo; refuses on a real node."

    def handle(self, *args: Any, **options: Any) -> None:
        if not current.home().demo:
            raise NotNow("This is a real node. The demo's people are invented and stay out of it.")
        node = Node()
        for line in sys.stdin:
            name, *given = json.loads(line)
            try:
                said = {"ok": ACTS[name](node, *given)}
            except ObjectDoesNotExist as missing:
                said = {"refused": str(missing)}
            except Refused as refusal:
                said = {"refused": refusal.reason, **({"errors": refusal.errors} if hasattr(refusal, "errors") else {})}
            self.stdout.write(json.dumps(said, ensure_ascii=False))
            self.stdout.flush()


def _act(node: Node, name: str, referral_id: str) -> str:
    abroad_scenes.ACTS[name](node, referral_id)
    node.settle()
    return abroad_scenes.state(referral_id)


def _begin(node: Node, name: str, child: str = "") -> str:
    made = abroad_scenes.begin(node, name, child)
    node.settle()
    return made


def _caseload(node: Node) -> int:
    """Take the node's caseload over from its HTCDS file, as `opentrm import-htcds` does."""
    (file,) = CASELOAD.glob(f"{node.id}.*")
    reading = read_htcds(file.read_bytes())
    managers = {"rs": ("milica.zivkovic", "marko.ilic"), "md": ("ana.ceban",)}[node.id]
    with transaction.atomic():
        for place, case in enumerate(reading.cases):
            take_one(case, node.who(managers[place % len(managers)]))
    return len(reading.cases)


ACTS: dict[str, Any] = {
    "caseload": _caseload,
    "staff": lambda node: node.staff(),
    "passwords": lambda node: node.passwords(),
    "card": lambda node: node.card(),
    "pair": lambda node, card: node.pair(card),
    "count": lambda node: Case.objects.count(),
    "home": lambda node, names: home_scenes.scenes(node, names),
    "begin": _begin,
    "act": _act,
}
