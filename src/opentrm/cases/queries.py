"""What a member of staff sees of their own cases: lists, clocks, timelines. Nothing else exists for them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from opentrm.accounts.models import User
from opentrm.audit import record as audit
from opentrm.cases import header as headers
from opentrm.cases.gate import OpenCase
from opentrm.cases.header import Header
from opentrm.cases.keys import keys_of_many
from opentrm.cases.models import Case, Clock, Event, Filing, NameMark, SecondLook, TeamMember
from opentrm.cases.names import country_mark, marks
from opentrm.kernel import clock
from opentrm.kernel.errors import NotFound
from opentrm.policy import load_policy

PAGE = 25
DUE = 40
WAITING = 2000
FEW = 300


@dataclass(frozen=True)
class Row:
    """One line of a case list. ``name`` is empty where this reader's role may not see it."""

    case: Case
    header: Header
    name: str
    member: TeamMember

    @property
    def ref(self) -> str:
        """The case's reference."""
        return self.case.ref


@dataclass(frozen=True)
class Page:
    """A page of rows and the place to go on from; ``after`` is None on the last page."""

    rows: tuple[Row, ...]
    after: str | None


def cases_of(actor: User, *, stage: str = "", country: str = "", closed: bool | None = None) -> QuerySet[TeamMember]:
    """The actor's memberships, latest touched first, narrowed by what the list was filtered to."""
    found = TeamMember.objects.filter(user=actor, until=None).select_related("case", "case__owner")
    if country:
        found = found.filter(country_mark=country_mark(country))
    if stage:
        found = found.filter(stage=stage)
    if closed is not None:
        found = found.filter(case__closed_at__isnull=not closed)
    return found.order_by("-touched_at", "-case_id")


def worklist(
    actor: User,
    *,
    stage: str = "",
    country: str = "",
    closed: bool | None = None,
    after: str | None = None,
    size: int = PAGE,
) -> Page:
    """One page of the actor's cases by keyset, so that page 4,000 costs what page 1 does."""
    found = cases_of(actor, stage=stage, country=country, closed=closed)
    if after:
        at, case_id = _cursor(after)
        found = found.filter(Q(touched_at__lt=at) | Q(touched_at=at, case_id__lt=case_id))
    members = list(found[: size + 1])
    return _page(actor, members, size, "case.listed")


def search(actor: User, name: str, *, size: int = PAGE) -> Page:
    """The actor's own cases whose person is called so, in any script. Only whole words match."""
    wanted = marks(name)
    if not wanted:
        return Page((), None)
    found = TeamMember.objects.filter(user=actor, until=None).select_related("case", "case__owner")
    members = list(_called(found, wanted).order_by("-touched_at", "-case_id")[: size + 1])
    return _page(actor, members, size, "case.searched")


def _called(found: QuerySet[TeamMember], wanted: list[bytes]) -> QuerySet[TeamMember]:
    """Narrowed to cases with all these marks. A rare name is looked up by its few cases; a common one by a join."""
    marked = NameMark.objects.filter(mark=wanted[0])
    for mark in wanted[1:]:
        marked = marked.filter(case__name_marks__mark=mark)
    few = list(marked.values_list("case_id", flat=True)[: FEW + 1])
    if len(few) <= FEW:
        return found.filter(case_id__in=few)
    for mark in wanted:
        found = found.filter(case__name_marks__mark=mark)
    return found.distinct()


def _page(actor: User, members: list[TeamMember], size: int, act: str) -> Page:
    shown = members[:size]
    keys = keys_of_many([member.case for member in shown], "office")
    rows = tuple(_row(member, headers.read(member.case, keys[member.case_id])) for member in shown)
    with transaction.atomic():
        audit.record(actor, act, decision="read", detail=",".join(member.case_id for member in shown))
    last = shown[-1] if len(members) > size else None
    return Page(rows, f"{last.touched_at.isoformat()}~{last.case_id}" if last else None)


def _row(member: TeamMember, header: Header) -> Row:
    roles = frozenset(member.roles.split(","))
    consent = "covers" if "consent.help" in header.facts else "none"
    effect = load_policy().decide(roles, "team", "identity", "read", consent=consent).effect
    return Row(member.case, header, header.name if effect == "allow" else "", member)


def _cursor(after: str) -> tuple[datetime, str]:
    try:
        at, case_id = after.split("~")
        return datetime.fromisoformat(at), case_id
    except ValueError as fault:
        raise NotFound("This page of the list is not there. Start again from its first page.") from fault


def mine(actor: User, case_ids: Iterable[str]) -> frozenset[str]:
    """Which of these cases are the actor's: looked up one by one, so that the length of their list costs nothing."""
    found = TeamMember.objects.filter(user=actor, until=None, case_id__in=set(case_ids))
    return frozenset(found.values_list("case_id", flat=True))


def due(actor: User, *, until: datetime | None = None) -> list[Clock]:
    """The running clocks of the actor's own cases, the latest first to run out on top."""
    found = Clock.objects.filter(stopped_at=None, owner=actor).select_related("case")
    if until:
        found = found.filter(due_at__lte=until)
    clocks = list(found.order_by("due_at")[:DUE])
    own = mine(actor, (clock.case_id for clock in clocks))
    return [clock for clock in clocks if clock.case_id in own]


def due_with_names(actor: User, *, until: datetime) -> list[tuple[Clock, str]]:
    """What is due, each with her name where the actor's role may see it: a reference alone tells nobody who waits."""
    clocks = due(actor, until=until)
    cases = {clock.case_id: clock.case for clock in clocks}
    members = TeamMember.objects.filter(user=actor, until=None, case_id__in=cases).select_related("case", "case__owner")
    page = _page(actor, list(members), len(cases), "case.listed")
    names = {row.case.id: row.name for row in page.rows}
    return [(clock, names.get(clock.case_id, "")) for clock in clocks]


def due_later(actor: User, *, after: datetime) -> int:
    """How many clocks of the actor's run out after a moment."""
    return Clock.objects.filter(stopped_at=None, owner=actor, due_at__gt=after).count()


def signatures_waiting(actor: User) -> list[SecondLook]:
    """Second looks in the actor's own cases that somebody else asked for, the oldest first."""
    found = SecondLook.objects.filter(looked_at=None).exclude(asked_by=actor)
    waiting = list(found.select_related("case", "asked_by").order_by("asked_at")[:WAITING])
    own = mine(actor, (look.case_id for look in waiting))
    return [look for look in waiting if look.case_id in own]


def clocks_of(opened: OpenCase) -> list[Clock]:
    """The running clocks of a case, the first to run out on top."""
    return list(Clock.objects.filter(case=opened.case, stopped_at=None).order_by("due_at"))


def overdue(clocks: Iterable[Clock]) -> list[Clock]:
    """Those clocks that have run out."""
    at = clock.now()
    return [running for running in clocks if running.due_at < at]


def timeline(opened: OpenCase, *, last: int = 100) -> list[Event]:
    """What happened, newest first, without what the reader's role may not know of."""
    found = Event.objects.filter(case=opened.case).select_related("by").order_by("-at", "-id")[: last * 2]
    seen: dict[str, bool] = {}
    shown = []
    for event in found:
        if event.section not in seen:
            seen[event.section] = opened.may(event.section, "read").effect in (
                "allow",
                "mask",
                "summary",
                "second",
            )
        if seen[event.section]:
            shown.append(event)
    return shown[:last]


def filings(opened: OpenCase, section: str) -> list[Filing]:
    """The filings that wrote into a section, newest first. Opening one is a read, and is logged as one."""
    opened.check(section, "read")
    with transaction.atomic():
        audit.record(opened.actor, "section.opened", about=opened.audit_id, section=section, decision="read")
    found = Filing.objects.filter(case=opened.case, records__section=section).prefetch_related("records")
    return list(found.select_related("by").order_by("-at", "-id"))


def filing_of(opened: OpenCase, filing_id: str) -> Filing:
    """One filing of this case. Raises NotFound for any other."""
    found = Filing.objects.filter(case=opened.case, pk=filing_id).prefetch_related("records").first()
    if found is None:
        raise NotFound()
    return found


def counts(actor: User) -> dict[str, Any]:
    """The numbers beside the navigation, each the length of the list it opens."""
    return {"cases": cases_of(actor, closed=False).count()}
