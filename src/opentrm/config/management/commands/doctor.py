"""``opentrm doctor``: whether everything a node needs is well, with what to do where it is not."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from opentrm.audit.verify import verify
from opentrm.node import current
from opentrm.node.life import worker_alive
from opentrm.protocol.check import check_profile
from opentrm.referrals import identity
from opentrm.referrals.partners import partners


class Command(BaseCommand):
    help = "Look at keys, database, profile, log, worker and partners. Exit code 1 when something is not well."

    def handle(self, *args: Any, **options: Any) -> None:
        ill = 0
        for name, look in LOOKS:
            advice = _ask(look)
            ill += bool(advice)
            self.stdout.write(f"{'not well' if advice else 'well    '}  {name}{': ' + advice if advice else ''}")
        if ill:
            raise SystemExit(1)


def _ask(look: Any) -> str:
    try:
        return str(look())
    except Exception as fault:
        return str(getattr(fault, "reason", type(fault).__name__))


def _keys() -> str:
    mode = current.home().keys.stat().st_mode & 0o077
    return "others may read the keys folder; set its mode to 0700" if mode else _first(current.keyring().generation)


def _first(text: str) -> str:
    return "" if text else "no key generation"


def _database() -> str:
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return "run `opentrm migrate`" if plan else ""


def _profile() -> str:
    problems = check_profile(current.home().profile)
    return f"{len(problems)} problems; see `opentrm check-profile`" if problems else ""


def _log() -> str:
    verdict = verify()
    return "" if verdict.first_bad is None else f"entry {verdict.first_bad}: {verdict.reason}"


def _wire() -> str:
    return "" if identity.own_statement().node == current.home().id else "the statement names another node"


def _partners() -> str:
    waiting = [one.node for one in partners() if one.confirmed_at is None]
    return f"not confirmed yet: {', '.join(waiting)}" if waiting else ""


LOOKS = (
    ("keys at rest", _keys),
    ("wire keys and statement", _wire),
    ("database", _database),
    ("profile", _profile),
    ("the log, read from its first entry", _log),
    ("worker", lambda: "" if worker_alive() else "it has not looked round for a minute; start `opentrm worker`"),
    ("partners", _partners),
)
