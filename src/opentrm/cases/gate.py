"""The one gate: a case is opened here or not at all. Off the team it does not exist."""

from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import Any

from django.db import transaction

from opentrm.accounts.models import User
from opentrm.audit import record as audit
from opentrm.audit.record import Actor, Machine
from opentrm.cases import header as headers
from opentrm.cases.header import Header
from opentrm.cases.keys import CaseKeys, keys_of
from opentrm.cases.models import Case, Event, TeamMember
from opentrm.kernel import clock
from opentrm.kernel.errors import NotAllowed, NotFound
from opentrm.kernel.words import STAGES
from opentrm.node import current
from opentrm.policy import Decision, load_policy
from opentrm.protocol import Profile


class OpenCase:
    """A case in the hands of somebody who may hold it: the only way to its sections."""

    def __init__(self, case: Case, actor: Actor, roles: frozenset[str]) -> None:
        self.case = case
        self.actor = actor
        self.roles = roles

    @property
    def audit_id(self) -> str:
        """What the log knows this case by."""
        return self.case.id

    @property
    def ref(self) -> str:
        """The case's reference, which says nothing about the person."""
        return self.case.ref

    @cached_property
    def keys(self) -> CaseKeys:
        """The case's keys, fetched once."""
        return keys_of(self.case)

    @cached_property
    def header(self) -> Header:
        """The sealed header, opened once."""
        return headers.read(self.case, self.keys)

    @property
    def facts(self) -> frozenset[str]:
        """What is true of this case now."""
        return frozenset(self.header.facts)

    @property
    def profile(self) -> Profile:
        """The country profile the case is worked under."""
        return current.profile()

    @property
    def user(self) -> User | None:
        """The member of staff who holds the case, or None where the software does."""
        return self.actor if isinstance(self.actor, User) else None

    @property
    def person(self) -> User:
        """The member of staff who holds the case. Raises NotAllowed where the software does."""
        if not isinstance(self.actor, User):
            raise NotAllowed("A person has to do this.")
        return self.actor

    def may(self, section: str, action: str) -> Decision:
        """What the policy table says of this person, this section and this action."""
        if isinstance(self.actor, Machine):
            return Decision("allow", "The node carries out a signed message or a rule.")
        consent = "covers" if "consent.help" in self.facts else "none"
        flags = frozenset({"child"} if self.header.child else ())
        return load_policy().decide(self.roles, "team", section, action, consent=consent, flags=flags)

    def check(self, section: str, action: str) -> None:
        """Raise NotAllowed, with the table's own sentence, unless the table allows it."""
        decision = self.may(section, action)
        if decision.effect not in ("allow", "second"):
            raise NotAllowed(decision.why)

    def change(self, given: tuple[str, ...] = (), ended: frozenset[str] = frozenset(), **header: Any) -> None:
        """Change the header: facts given and ended, and named fields. Saved by the step that calls it."""
        at = clock.now().isoformat()
        facts = headers.with_facts(self.header, dict.fromkeys(given, at), ended)
        self.__dict__["header"] = replace(facts, **header)

    def advance(self, stage: str) -> None:
        """Move the case on to a later stage; it never goes back by itself."""
        if stage in STAGES and STAGES.index(stage) > STAGES.index(self.case.stage):
            self.case.stage = stage

    def note(self, kind: str, section: str, about: str = "") -> Event:
        """Add an event to the case's timeline."""
        return Event.objects.create(
            case=self.case, at=clock.now(), kind=kind, section=section, by=self.user, about=about
        )

    def save(self) -> None:
        """Store the case with its sealed header, and repeat what the worklist shows on its team rows."""
        case = self.case
        case.header = headers.sealed(case, self.keys, self.header)
        case.version += 1
        case.touched_at = clock.now()
        case.save()
        TeamMember.objects.filter(case=case, until=None).update(
            stage=case.stage, country_mark=case.country_mark, touched_at=case.touched_at
        )


def case_for(actor: User, ref: str, *, purpose: str = "case.opened") -> OpenCase:
    """Open a case by its reference. The opening is written to the log before anything is shown.

    Raises NotFound, the same for a case that is not there and for one that is not theirs.
    """
    member = _membership(actor, case__ref=ref)
    if member is None:
        refusal = NotFound()
        audit.refused(actor, purpose, refusal, about=f"ref:{ref}")
        raise refusal
    with transaction.atomic():
        audit.record(actor, purpose, about=member.case_id, decision="read")
    return OpenCase(member.case, actor, frozenset(member.roles.split(",")))


def relock(opened: OpenCase) -> OpenCase:
    """The same case, read again and locked inside a transaction, with the membership checked again."""
    case = Case.objects.select_for_update().get(pk=opened.case.pk)
    if isinstance(opened.actor, Machine):
        return OpenCase(case, opened.actor, frozenset())
    assert isinstance(opened.actor, User)  # noqa: S101 - an actor is staff or the node
    member = _membership(opened.actor, case_id=case.pk)
    if member is None or not opened.actor.is_active:
        raise NotFound()
    return OpenCase(case, opened.actor, frozenset(member.roles.split(",")))


def open_for(machine: Machine, case: Case) -> OpenCase:
    """A case in the hands of the node itself, carrying out a message or a rule."""
    return OpenCase(case, machine, frozenset())


def _membership(actor: User, **which: Any) -> TeamMember | None:
    found = TeamMember.objects.select_related("case", "case__owner")
    return found.filter(user=actor, until=None, **which).first()


def join(case: Case, user: User, roles: str, at: datetime) -> TeamMember:
    """Put somebody on a case's team, or give them these roles besides."""
    member, made = TeamMember.objects.get_or_create(
        case=case, user=user,
        defaults={"roles": roles, "since": at, "stage": case.stage, "country_mark": case.country_mark,
                  "touched_at": case.touched_at},
    )  # fmt: skip
    if not made:
        held = set(member.roles.split(",")) if member.until is None else set()
        member.roles = ",".join(sorted(held | set(roles.split(","))))
        member.until = None
        member.save()
    return member
