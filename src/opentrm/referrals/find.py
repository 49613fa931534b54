"""Finding the referral an act is about, and nobody else's."""

from opentrm.accounts.models import User
from opentrm.cases.gate import OpenCase
from opentrm.federation.states import State
from opentrm.kernel.errors import NotFound
from opentrm.referrals.models import Referral

ENDED = {State.CLOSED.value, State.DECLINED.value, State.CANCELLED.value, State.WITHDRAWN.value}


def of_case(opened: OpenCase) -> list[Referral]:
    """The referrals of a case, the newest first."""
    found = Referral.objects.filter(case=opened.case).select_related("partner", "routed_to")
    return list(found.order_by("-began_at"))


def open_one(opened: OpenCase) -> Referral | None:
    """The referral of a case that is still going on."""
    return next((referral for referral in of_case(opened) if referral.state not in ENDED), None)


def the_open_one(opened: OpenCase) -> Referral:
    """The referral that is going on. Raises NotFound where there is none."""
    found = open_one(opened)
    if found is None:
        raise NotFound("No referral is going on in this case.")
    return found


def referral_of(opened: OpenCase, referral_id: str) -> Referral:
    """One referral of this case. Raises NotFound for any other."""
    found = Referral.objects.select_related("partner", "case").filter(case=opened.case, pk=referral_id).first()
    if found is None:
        raise NotFound()
    return found


def request_for(actor: User, referral_id: str) -> Referral:
    """A request that came from another country: for the contact point, and for the organisation it was sent on to.

    Raises NotFound for anybody else, the same as for one that is not there.
    """
    found = Referral.objects.select_related("partner", "routed_to", "case").filter(
        pk=referral_id, side="destination"
    ).first()  # fmt: skip
    if found is None or not concerns(actor, found):
        raise NotFound()
    return found


def requests_for(actor: User) -> list[Referral]:
    """The requests from other countries that wait for this person, the oldest first."""
    waiting = Referral.objects.filter(side="destination", case=None).exclude(state__in=ENDED)
    found = waiting.select_related("partner", "routed_to").order_by("began_at")
    return [referral for referral in found if concerns(actor, referral)]


def concerns(actor: User, referral: Referral) -> bool:
    """Whether a request from abroad is this person's to answer."""
    if actor.holds("contact_point"):
        return True
    asked = referral.routed_to_id is not None and referral.routed_to_id == actor.organisation_id
    return asked and actor.holds("supervisor", "case_manager")
