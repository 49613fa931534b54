"""Erasing: the keys are destroyed first, then the rows that they sealed. The journal remembers that it happened."""

from collections.abc import Collection

from opentrm.cases.gate import OpenCase
from opentrm.cases.header import Header
from opentrm.cases.keys import ALL_GROUPS, keys_of, new_group_key
from opentrm.cases.models import CaseKey, Consent, Filing, NameMark, Offer, Record, SecondLook
from opentrm.node import current
from opentrm.vault import GROUPS

# Kept after an erasure, because they say what happened to the case and nothing about the person.
PLAIN_FACTS = frozenset({"requested", "offered", "locked", "arrived", "handed_over", "closed"})


def erase(opened: OpenCase, *, keep: Collection[str] = ()) -> None:
    """Destroy what is known of the person, but for the sections to ``keep``. The case and its log stay."""
    case = opened.case
    # Read before its key is gone.
    facts = {name: at for name, at in opened.header.facts.items() if name in PLAIN_FACTS}
    Record.objects.filter(filing__case=case).exclude(section__in=keep).delete()
    Filing.objects.filter(case=case, records=None).delete()
    NameMark.objects.filter(case=case).delete()
    Offer.objects.filter(case=case).delete()
    Consent.objects.filter(case=case).delete()
    SecondLook.objects.filter(case=case).update(note=b"")
    kept = {GROUPS[section] for section in keep}
    for group in ALL_GROUPS:
        if group not in kept:
            _renew(opened, group)
    _blank(opened, facts)
    current.journal().append("case.erased", case=case.id, kept=",".join(sorted(keep)))


def erase_received(opened: OpenCase) -> None:
    """Destroy what came from another node under a consent that ended. Care, and our own records, go on."""
    Filing.objects.filter(case=opened.case, form="received").delete()
    current.journal().append("received.erased", case=opened.case.id)


def _renew(opened: OpenCase, group: str) -> None:
    older = CaseKey.objects.filter(case=opened.case, group=group)
    number = max((row.number for row in older), default=0)
    older.delete()
    new_group_key(opened.case, group, number + 1)


def _blank(opened: OpenCase, facts: dict[str, str]) -> None:
    opened.__dict__["keys"] = keys_of(opened.case)
    opened.__dict__["header"] = Header(facts=facts)
    opened.case.country_mark = b""
