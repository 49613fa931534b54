"""What pages show of referrals: the talk line by line, whether each message arrived, and alarms."""

from dataclasses import dataclass
from typing import Any

from opentrm.accounts.models import User
from opentrm.cases.queries import on_team
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
    found = Referral.objects.filter(**on_team(actor)).exclude(alarm="")
    return list(found.select_related("case", "partner").order_by("moved_at"))


def last_answer(referral: Referral, kind: str) -> dict[str, Any] | None:
    """The newest coded body of a kind in this referral."""
    found = referral.said.filter(kind=kind).order_by("-at", "-id").first()
    return found.body if found else None
