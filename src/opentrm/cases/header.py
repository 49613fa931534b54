"""The sealed header of a case: what the top of its page shows, and the facts its protocol thinks with."""

from dataclasses import asdict, dataclass, field, replace

from opentrm.cases.keys import CaseKeys
from opentrm.cases.models import Case


@dataclass(frozen=True)
class Header:
    """``facts`` maps a fact to the moment it became true (ISO, UTC); a fact that ended is gone."""

    name: str = ""
    risk: str = ""
    fear: str = ""
    child: bool = False
    people: int = 1
    language: str = ""
    safe_contact: str = ""
    country: str = ""
    facts: dict[str, str] = field(default_factory=dict)


def read(case: Case, keys: CaseKeys) -> Header:
    """Open the header. A case without one yet has an empty header."""
    if not case.header:
        return Header()
    return Header(**keys.open("header", "case", case.id, case.header))


def sealed(case: Case, keys: CaseKeys, header: Header) -> bytes:
    """The header as it is stored."""
    return keys.seal("header", "case", case.id, asdict(header))


def with_facts(header: Header, given: dict[str, str], ended: frozenset[str] = frozenset()) -> Header:
    """The header with facts added and facts ended. A fact already true keeps its first moment."""
    kept = {name: at for name, at in header.facts.items() if name not in ended}
    return replace(header, facts={**given, **kept} if not ended else {**kept, **given})
