"""Named points at which tests make the world end. Nothing happens at one unless it is armed."""

import os
import signal
from collections.abc import Callable

Blow = Callable[[str], None]

_armed: dict[str, Blow] = {}
_seen: dict[str, int] = {}
_counting = False


class Fell(BaseException):
    """An armed failpoint went off. Not an Exception: no ordinary handler may swallow it."""


def hit(name: str) -> None:
    """Pass a failpoint. ``OPENTRM_FAILPOINT=name`` kills this process here, as a power cut would."""
    if _counting:
        _seen[name] = _seen.get(name, 0) + 1
    if name in _armed:
        _armed.pop(name)(name)
    elif os.environ.get("OPENTRM_FAILPOINT") == name:
        os.kill(os.getpid(), signal.SIGKILL)


def fall(name: str) -> None:
    """The usual blow: raise Fell."""
    raise Fell(name)


def arm(name: str, blow: Blow = fall) -> None:
    """Let the next pass of this point call ``blow`` (once)."""
    _armed[name] = blow


def disarm() -> None:
    """Forget every armed point."""
    _armed.clear()


def watch(on: bool) -> None:
    """Start or stop counting the points passed; starting forgets the earlier counts."""
    global _counting
    _counting = on
    if on:
        _seen.clear()


def seen() -> dict[str, int]:
    """The points passed since ``watch(True)``, with how often."""
    return dict(_seen)
