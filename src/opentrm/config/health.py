"""``/healthz``: whether a node can do its work, for monitoring. It names no person and no count of any."""

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, JsonResponse

from opentrm.node import current
from opentrm.node.life import worker_alive


def healthz(request: HttpRequest) -> JsonResponse:
    """200 with ``"status": "ok"``, or 503 naming what is wrong: database, migrations, profile, worker."""
    faults = [name for name, well in CHECKS.items() if not _well(well)]
    body = {"status": "ok" if not faults else "failing", "country": current.home().country, "failing": faults}
    return JsonResponse(body, status=200 if not faults else 503)


def _well(check: object) -> bool:
    try:
        return bool(check())  # type: ignore[operator]
    except Exception:
        return False


def _migrated() -> bool:
    executor = MigrationExecutor(connection)
    return not executor.migration_plan(executor.loader.graph.leaf_nodes())


CHECKS = {
    "migrations": _migrated,
    "profile": lambda: current.profile().country,
    "keys": lambda: current.keyring().generation,
    "worker": worker_alive,
}
