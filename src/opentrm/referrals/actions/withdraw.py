"""Taking a yes back: at once, by any channel, and it outranks everything (design decision 6)."""

from dataclasses import dataclass

from django.db import transaction

from opentrm.accounts.models import User
from opentrm.audit.record import Machine
from opentrm.cases.actions import consent as consents
from opentrm.cases.gate import OpenCase, open_for
from opentrm.cases.models import Case, Consent
from opentrm.federation.bodies.rights import Withdraw
from opentrm.federation.codes import Meeting
from opentrm.federation.kinds import Kind
from opentrm.kernel import clock
from opentrm.kernel.errors import NotValid
from opentrm.referrals.exchange import can_send, post
from opentrm.referrals.models import Referral

SHARING = ("ask_abroad", "disclose", "return", "progress", "feedback")
ON_THE_WAY = ("travelling", "alarm", "arrived")


@dataclass(frozen=True)
class Change:
    """What taking back one yes changes, as the page shows it before."""

    ends: tuple[str, ...]
    stays: tuple[str, ...]
    asks_meeting: bool


def foresee(opened: OpenCase, consent: Consent) -> Change:
    """What would end and what would go on, before anything is done."""
    given = consents.shown(opened, consent)
    told = _told(opened.case, given.purpose.code)
    ends = [f"Her yes to: {given.purpose.title}."]
    ends += [f"{referral.partner.owner} is told at once and erases what it holds of her." for referral in told]
    if any(referral.side == "origin" for referral in told):
        ends.append("What has not been sent yet is never sent.")
    stays = ("All help here goes on.", "She can say yes again at any time.")
    return Change(tuple(ends), stays, any(referral.state in ON_THE_WAY for referral in told))


def withdraw(opened: OpenCase, consent: Consent, how: str = "desk", meeting: str = "", *, actor: User) -> None:
    """Take one yes back, tell every node it concerns, and stop what waits: one act."""
    code = consents.shown(opened, consent).purpose.code
    told = _told(opened.case, code)
    answer = _meeting(told, meeting)
    with transaction.atomic():
        consents.withdraw(opened, consent, how, actor=actor)
        for referral in told:
            _tell(referral, [consent.id], answer, actor)


def by_card(case: Case) -> int:
    """She stops sharing with her card: new sharing ends at once. A human confirms safely before a journey changes."""
    opened = open_for(Machine("voice"), case)
    living = [given for given in consents.everything(opened) if given.live and given.purpose.code in SHARING]
    told = _told(case, "disclose")
    with transaction.atomic():
        for given in living:
            consents.withdraw(opened, consents.consent_of(opened, given.id), "card", actor=Machine("voice"))
        for referral in told:
            answer = Meeting.UNANSWERED if referral.state in ON_THE_WAY else Meeting.NOT_TRAVELLING
            _tell(referral, [given.id for given in living], answer, None)
            Referral.objects.filter(pk=referral.pk).update(alarm="call")
    return len(living)


def _told(case: Case, code: str) -> list[Referral]:
    """The referrals whose other side has to learn of it now."""
    if code not in SHARING:
        return []
    wanted = ("destination",) if code in ("progress", "feedback") else ("origin", "destination")
    found = Referral.objects.filter(case=case, side__in=wanted).select_related("partner", "case")
    return [referral for referral in found if referral.state != "withdrawn" and can_send(referral, Kind.WITHDRAW)]


def _meeting(told: list[Referral], answer: str) -> Meeting:
    if not any(referral.state in ON_THE_WAY for referral in told):
        return Meeting.NOT_TRAVELLING
    if answer not in ("keep", "erase", "unanswered"):
        sentence = "She may be on her way: ask her whether someone should still meet her."
        raise NotValid(sentence, {"meeting": sentence})
    return Meeting(answer)


def _tell(referral: Referral, consent_ids: list[str], meeting: Meeting, actor: User | None) -> None:
    body = Withdraw(consents=consent_ids[:32], meeting=meeting, at=clock.now())
    post(referral, Kind.WITHDRAW, body, by=actor)
