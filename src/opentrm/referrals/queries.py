"""What pages show of referrals: the talk line by line, whether each message arrived, and alarms."""

from dataclasses import dataclass
from typing import Any

from opentrm.accounts.models import User
from opentrm.cases.queries import mine
from opentrm.federation.ports import OutState
from opentrm.referrals.models import OutMessage, Referral, Said

ARRIVED = {
    OutState.WAITING.value: "waits to be sent", OutState.STORED.value: "arrived, waits its turn",
    OutState.DONE.value: "arrived", OutState.REFUSED.value: "refused by the other node",
    OutState.STOPPED.value: "stopped before it left",
}  # fmt: skip


@dataclass(frozen=True)
class Line:
    """One message as its page shows it; ``fate`` says what became of one that we sent."""

    said: Said
    fate: str


def talk(referral: Referral) -> list[Line]:
    """The messages of a referral, oldest first."""
    said = list(referral.said.select_related("by"))
    states = dict(
        OutMessage.objects.filter(pk__in=[one.message for one in said if one.sent]).values_list("pk", "state")
    )
    return [Line(one, ARRIVED.get(states.get(one.message, ""), "") if one.sent else "") for one in said]


def alarms(actor: User) -> list[Referral]:
    """Referrals of the actor's own cases that need a person now."""
    found = list(Referral.objects.exclude(alarm="").exclude(case=None).select_related("case", "partner"))
    own = mine(actor, (referral.case_id for referral in found if referral.case_id))
    return sorted((one for one in found if one.case_id in own), key=lambda one: one.moved_at)


def last_answer(referral: Referral, kind: str) -> dict[str, Any] | None:
    """The newest coded body of a kind in this referral."""
    found = referral.said.filter(kind=kind).order_by("-at", "-id").first()
    return found.body if found else None
