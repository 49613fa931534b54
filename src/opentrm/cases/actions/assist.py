"""Stage ``assist``: help is offered, accepted or declined, promised for a day, and given (F-12, F-13)."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from opentrm.accounts.models import Organisation, User
from opentrm.cases.filing import file
from opentrm.cases.gate import OpenCase
from opentrm.cases.models import Filing, Offer
from opentrm.cases.step import step
from opentrm.kernel import clock
from opentrm.kernel.errors import NotFound, NotNow, NotValid
from opentrm.protocol import Answers

NEXT = {
    "offered": ("accepted", "declined", "later"),
    "later": ("accepted", "declined"),
    "declined": ("accepted",),
    "accepted": ("given",),
    "given": (),
}


@dataclass(frozen=True)
class Help:
    """One offer of help as its page shows it. ``late`` counts against the institution, never against her."""

    offer: Offer
    service: str
    words: str
    reason: str

    @property
    def late(self) -> bool:
        """Promised for a day that has passed, and not given."""
        promised = self.offer.promised_for
        return self.offer.state == "accepted" and promised is not None and promised < clock.now().date()


@step("service.offered", stage="assist", section="plan")
def offer(
    opened: OpenCase,
    service: str,
    words: str = "",
    provider: Organisation | None = None,
    promised_for: date | None = None,
    *,
    actor: User,
) -> Offer:
    """Offer help. It needs no status, no testimony and no consent to share."""
    if not service:
        raise NotValid("Choose what is offered.", {"service": "Choose what is offered."})
    made = Offer(case=opened.case, provider=provider, by=actor, offered_at=clock.now(), promised_for=promised_for)
    made.sealed = opened.keys.seal("offer", "offer", made.id, {"service": service, "words": words, "reason": ""})
    made.save()
    return made


@step("service.answered", stage="assist", section="plan")
def answer(
    opened: OpenCase,
    made: Offer,
    state: str,
    reason: str = "",
    promised_for: date | None = None,
    *,
    actor: User,
) -> Offer:
    """Write down her answer. Declining costs nothing and can be changed at any time."""
    _move(opened, made, state)
    made.answered_at = clock.now()
    made.promised_for = promised_for or made.promised_for
    body = opened.keys.open("offer", "offer", made.id, made.sealed) | {"reason": reason}
    made.sealed = opened.keys.seal("offer", "offer", made.id, body)
    made.save()
    return made


@step("service.given", stage="assist", section="plan", gives=("assisted",))
def give(opened: OpenCase, made: Offer, on: date, *, actor: User) -> Offer:
    """Write down that the help came, and on which day."""
    if on > clock.now().date():
        raise NotValid("That day has not come yet.", {"on": "Give a day that has passed, or today."})
    _move(opened, made, "given")
    made.given_on = on
    made.save()
    return made


@step("progress.recorded", stage="assist", section="plan")
def monitor(opened: OpenCase, answers: Answers, *, actor: User) -> Filing:
    """Keep how she is doing now, domain by domain (F-17)."""
    return file(opened, "F-17", answers)


def helps(opened: OpenCase) -> list[Help]:
    """All help offered in this case, the newest first."""
    found = Offer.objects.filter(case=opened.case).select_related("provider").order_by("-offered_at")
    return [_shown(opened, made) for made in found]


def offer_of(opened: OpenCase, offer_id: str) -> Offer:
    """One offer of this case. Raises NotFound for any other."""
    found = Offer.objects.filter(case=opened.case, pk=offer_id).first()
    if found is None:
        raise NotFound()
    return found


def _shown(opened: OpenCase, made: Offer) -> Help:
    body: dict[str, Any] = opened.keys.open("offer", "offer", made.id, made.sealed)
    return Help(made, body["service"], body["words"], body["reason"])


def _move(opened: OpenCase, made: Offer, state: str) -> None:
    if made.case_id != opened.case.pk:
        raise NotFound()
    if state not in NEXT.get(made.state, ()):
        raise NotNow("This offer has been answered in another way already. Read the page again.")
    made.state = state
