"""Stage ``receive``: a case begins here before she comes, and is filled only with what she agreed to send."""

from collections.abc import Mapping
from typing import Any

from opentrm.accounts.models import User
from opentrm.audit.record import Machine
from opentrm.cases import clocks, names
from opentrm.cases.gate import OpenCase, join, open_for
from opentrm.cases.keys import make_keys
from opentrm.cases.models import Case, Filing, Record
from opentrm.cases.step import step
from opentrm.kernel import clock
from opentrm.kernel.ids import new_ref
from opentrm.node import current

Sections = Mapping[str, Mapping[str, Any]]


def expect(manager: User, others: Mapping[User, str], *, by: User) -> Case:
    """Make the case that will have her: team and keys, and nothing about anybody yet."""
    given, profile = clock.now(), current.profile()
    case = Case.objects.create(
        ref=new_ref(current.home().country), opened_at=given, stage="receive", custody="", owner=manager,
        profile_id=profile.id, profile_version=profile.version, profile_digest=profile.digest, touched_at=given,
    )  # fmt: skip
    opened = open_for(Machine("referral"), case)
    opened.__dict__["keys"] = make_keys(case)
    join(case, manager, "case_manager", given)
    for user, role in others.items():
        join(case, user, role, given)
    opened.note("case.expected", "status")
    opened.save()
    clocks.follow(opened, ("referral.received",))
    return case


def take_in(opened: OpenCase, sections: Sections) -> Filing:
    """File what arrived, section by section, under this case's own keys."""
    filing = Filing.objects.create(case=opened.case, form="received", form_version="1", stage="receive", at=clock.now())
    for section, fields in sections.items():
        record = Record(filing=filing, section=section)
        body = {name: {"value": _plain(value), "section": section} for name, value in fields.items()}
        record.sealed = opened.keys.seal(section, "record", record.id, body)
        record.save()
    _describe(opened, sections)
    return filing


def _describe(opened: OpenCase, sections: Sections) -> None:
    identity = sections.get("identity", {})
    name = str(identity.get("name", "") or "")
    country = str(identity.get("citizenship", "") or "")[:2].upper()
    known: dict[str, Any] = {"name": name, "language": str(identity.get("language", "") or ""), "country": country}
    opened.change(given=("screened", "received"), **{key: value for key, value in known.items() if value})
    if country:
        opened.case.country_mark = names.country_mark(country)
    if name:
        names.index(opened, name)


def _plain(value: Any) -> Any:
    return value if isinstance(value, str | list) or value is None else str(value)


@step("arrival.agreed", stage="receive", section="travel")
def agree(opened: OpenCase, *, actor: User) -> None:
    """Say that we meet her as the plan says: the named person, the word first, the bed for the first night."""
