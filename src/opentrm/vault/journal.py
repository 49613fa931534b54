"""The never-restored journal: what must be remembered even when the database is put back to last week.

One line of JSON each, chained by hash, flushed to disk before the act goes on. It holds ids only.
"""

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path

from opentrm.kernel import clock

START = "0" * 64


@dataclass(frozen=True)
class Entry:
    """One thing never to be forgotten: a withdrawal, an erasure, a tombstone, a destroyed key."""

    at: str
    kind: str
    ids: dict[str, str]


class Journal:
    """An append-only file beside the database, left alone by backup and restore."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def append(self, kind: str, **ids: str) -> None:
        """Add an entry and wait until it is on disk."""
        body = {"at": clock.now().isoformat(), "kind": kind, "ids": ids, "prev": self._last()}
        line = json.dumps(body, sort_keys=True, separators=(",", ":")) + "\n"
        if self._cut():
            line = "\n" + line
        handle = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "ab") as out:
            out.write(line.encode())
            out.flush()
            os.fsync(out.fileno())

    def entries(self) -> list[Entry]:
        """Everything remembered, the oldest first. A line cut short by a crash is passed over."""
        found = []
        for line in self._lines():
            try:
                body = json.loads(line)
                found.append(Entry(body["at"], body["kind"], body["ids"]))
            except (ValueError, KeyError, TypeError):
                continue
        return found

    def verify(self) -> int | None:
        """The number of the first line that does not follow the one before it, or None."""
        before = START
        for number, line in enumerate(self._lines()):
            try:
                linked = json.loads(line)["prev"] == before
            except (ValueError, KeyError, TypeError):
                linked = False
            if not linked:
                return number
            before = _digest(line)
        return None

    def _last(self) -> str:
        lines = self._lines()
        return _digest(lines[-1]) if lines else START

    def _cut(self) -> bool:
        """Whether a crash left the last line without its end; the next entry must not be written into it."""
        return self._path.exists() and self._path.read_bytes()[-1:] not in (b"", b"\n")

    def _lines(self) -> list[str]:
        try:
            return self._path.read_text(encoding="utf-8").splitlines()
        except FileNotFoundError:
            return []


def _digest(line: str) -> str:
    return hashlib.sha256(line.encode()).hexdigest()
