"""The one clock. Stored times are UTC; what people see is counted in their country's zone."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

_frozen: ContextVar[datetime | None] = ContextVar("frozen", default=None)


def now() -> datetime:
    """The present moment in UTC. Journeys may shift it through the file named by OPENTRM_CLOCK_FILE."""
    frozen = _frozen.get()
    return frozen if frozen is not None else datetime.now(UTC) + _shift()


def today(zone: str) -> date:
    """The calendar day in a time zone such as ``Europe/Belgrade``."""
    return now().astimezone(ZoneInfo(zone)).date()


def _shift() -> timedelta:
    path = os.environ.get("OPENTRM_CLOCK_FILE")
    if not path:
        return timedelta(0)
    try:
        return timedelta(seconds=int(Path(path).read_text()))
    except (OSError, ValueError):
        return timedelta(0)


@contextmanager
def frozen(at: datetime) -> Iterator[None]:
    """Stop the clock at a moment, for tests."""
    token = _frozen.set(at)
    try:
        yield
    finally:
        _frozen.reset(token)
