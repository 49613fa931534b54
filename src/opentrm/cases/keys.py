"""The keys of a case, held while it is open: sealing and opening its sections."""

import json
from dataclasses import dataclass
from typing import Any

from opentrm.cases.models import Case, CaseKey
from opentrm.kernel.errors import NotFound
from opentrm.node import current
from opentrm.vault import GROUPS, Place, Wrapped, new_key, seal, unseal

ALL_GROUPS = tuple(sorted(set(GROUPS.values())))
# What the software itself keeps sealed about a case lies with the office's sections.
OWN = {"header": "office", "offer": "office", "signature": "office"}


@dataclass(frozen=True)
class Held:
    """One key group's key, and the generation and number that its seals name."""

    key: bytes
    number: int


class CaseKeys:
    """Seals and opens what belongs to one case. A key is unwrapped only when a section needs it."""

    def __init__(self, case: Case, rows: dict[str, CaseKey]) -> None:
        self.case = case
        self._rows = rows
        self._held: dict[str, Held] = {}

    def seal(self, section: str, table: str, row: str, content: Any) -> bytes:
        """Seal JSON-able content of a section for one row of a table."""
        held = self._hold(_group(section))
        return seal(held.key, json.dumps(content, ensure_ascii=False).encode(), _place(table, row, section, held))

    def open(self, section: str, table: str, row: str, sealed: bytes | memoryview) -> Any:
        """Open what ``seal`` made for this very row."""
        held = self._hold(_group(section))
        return json.loads(unseal(held.key, bytes(sealed), _place(table, row, section, held)))

    def _hold(self, group: str) -> Held:
        if group not in self._held:
            row = self._rows.get(group)
            if row is None:
                raise NotFound("This part of the file has been erased.")
            wrapped = Wrapped(row.generation, bytes(row.wrapped))
            key = current.keyring().unwrap(wrapped, about=_about(self.case.id, group))
            self._held[group] = Held(key, row.number)
        return self._held[group]


def make_keys(case: Case) -> CaseKeys:
    """Make one key for each group of sections of a new case."""
    rows = [_wrapped_row(case, group) for group in ALL_GROUPS]
    CaseKey.objects.bulk_create(rows)
    return CaseKeys(case, {row.group: row for row in rows})


def keys_of(case: Case) -> CaseKeys:
    """The keys of an existing case, in one query."""
    return CaseKeys(case, {row.group: row for row in CaseKey.objects.filter(case=case).order_by("number")})


def keys_of_many(cases: list[Case], group: str) -> dict[str, CaseKeys]:
    """One group's keys for a page of cases, in one query."""
    held: dict[str, dict[str, CaseKey]] = {case.id: {} for case in cases}
    for row in CaseKey.objects.filter(case__in=held, group=group).order_by("number"):
        held[row.case_id][row.group] = row
    return {case.id: CaseKeys(case, held[case.id]) for case in cases}


def new_group_key(case: Case, group: str, number: int) -> CaseKey:
    """Give a group of sections a fresh key, after the one before was destroyed."""
    row = _wrapped_row(case, group)
    row.number = number
    row.save()
    return row


def _wrapped_row(case: Case, group: str) -> CaseKey:
    wrapped = current.keyring().wrap(new_key(), about=_about(case.id, group))
    return CaseKey(case=case, group=group, generation=wrapped.generation, wrapped=wrapped.blob)


def _group(section: str) -> str:
    return OWN.get(section) or GROUPS[section]


def _about(case_id: str, group: str) -> bytes:
    return f"case|{case_id}|{group}".encode()


def _place(table: str, row: str, section: str, held: Held) -> Place:
    return Place(table=table, row=row, column=section, generation=str(held.number))
