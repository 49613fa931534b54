"""The destination answers: the contact point sends on, an organisation offers what is really there, or declines."""

from opentrm.accounts.action import action
from opentrm.accounts.models import Organisation, User
from opentrm.cases.actions.receive import expect
from opentrm.cases.gate import join
from opentrm.federation.bodies.asking import ClarifyAsk
from opentrm.federation.bodies.offering import Decline, Offer
from opentrm.federation.kinds import Kind
from opentrm.kernel import clock
from opentrm.kernel.errors import NotFound, NotNow, NotValid
from opentrm.referrals.exchange import can_send, post
from opentrm.referrals.find import concerns
from opentrm.referrals.models import Referral
from opentrm.referrals.receive import digest_of

ANSWERING = ("contact_point", "supervisor", "case_manager")


@action("request.routed", "contact_point")
def route(referral: Referral, to: Organisation, *, actor: User) -> Referral:
    """Ask an organisation here whether it has a place. It sees the coded request, and no more."""
    referral.routed_to, referral.routed_by = to, actor
    referral.save(update_fields=["routed_to", "routed_by"])
    return referral


@action("request.read", *ANSWERING)
def read(referral: Referral, *, actor: User) -> Referral:
    """Open a request that waits for the actor."""
    _check(actor, referral)
    return referral


@action("request.asked", *ANSWERING)
def ask(referral: Referral, questions: list[str], *, actor: User) -> Referral:
    """Ask back, in coded questions about the place: never about her."""
    _check(actor, referral)
    if not questions:
        raise NotValid("Choose what you want to know.", {"questions": "Choose at least one question."})
    post(referral, Kind.CLARIFY_ASK, ClarifyAsk.read({"questions": questions}), by=actor)
    return referral


@action("request.offered", *ANSWERING)
def offer(referral: Referral, body: Offer, manager: User, *, actor: User) -> Referral:
    """Offer what is really there, with dates, and name the case manager who will have her.

    Case, team and keys begin now, so that they exist before any identity arrives.
    """
    _check(actor, referral)
    _check_offer(body, manager)
    if referral.case is None:
        referral.case = expect(manager, _others(actor, manager, referral), by=actor)
    elif referral.case.owner_id != manager.pk:
        referral.case.owner = manager
        referral.case.save(update_fields=["owner"])
        join(referral.case, manager, "case_manager", clock.now())
    referral.offer, referral.offer_digest, referral.terms = body.to_json(), digest_of(body), None
    referral.save(update_fields=["case", "offer", "offer_digest", "terms"])
    post(referral, Kind.OFFER, body, by=actor)
    return referral


@action("request.declined", *ANSWERING)
def decline(referral: Referral, reason: str, *, actor: User) -> Referral:
    """Say no, with a coded reason that names nobody."""
    _check(actor, referral)
    body = Decline.read({"reason": reason, "ask_again_after": None})
    referral.decline = body.to_json()
    referral.save(update_fields=["decline"])
    post(referral, Kind.DECLINE, body, by=actor)
    return referral


def next_number(referral: Referral) -> int:
    """The number of the next offer."""
    return int((referral.offer or {}).get("n", 0)) + 1


def may_answer(referral: Referral) -> bool:
    """Whether an offer can still be made."""
    return can_send(referral, Kind.OFFER)


def _others(actor: User, manager: User, referral: Referral) -> dict[User, str]:
    people = {user for user in (actor, referral.routed_by) if user is not None and user != manager}
    return {user: "contact_point" for user in people if user.holds("contact_point")}


def _check(actor: User, referral: Referral) -> None:
    if not concerns(actor, referral):
        raise NotFound()


def _check_offer(body: Offer, manager: User) -> None:
    if not manager.is_active or not manager.holds("case_manager"):
        sentence = "Name the case manager who will have her."
        raise NotValid(sentence, {"manager": sentence})
    if body.valid_until <= clock.now():
        raise NotNow("An offer has to be valid for some time from now.")
