"""What a partner's message does here. Called inside the exchange's unit: it stands or falls with the receipt."""

from collections.abc import Callable, Iterable
from typing import Any

from opentrm.audit import record as audit
from opentrm.audit.record import Machine
from opentrm.cases import clocks
from opentrm.cases.actions.receive import take_in
from opentrm.cases.erase import erase, erase_received
from opentrm.cases.gate import OpenCase, open_for, relock
from opentrm.federation.bodies import asking, journey, offering, rights
from opentrm.federation.dialogue import Effect, of_referral
from opentrm.federation.fields import sha256
from opentrm.federation.kinds import TRAITS, Kind
from opentrm.federation.receiving import Arrival
from opentrm.kernel import clock
from opentrm.kernel.errors import NotFound
from opentrm.node import current
from opentrm.referrals import meeting
from opentrm.referrals.models import Conversation, InMessage, Partner, Referral, Said

# What each message makes true of the case here, and what it is called on the timeline and by the clocks.
GIVES: dict[Kind, tuple[str, ...]] = {
    Kind.OFFER: ("offered",),
    Kind.LOCK: ("locked",),
    Kind.TRAVEL_PLAN: ("travel.planned",),
    Kind.ARRIVED: ("arrived",),
    Kind.HANDOVER_CONFIRMED: ("handed_over",),
}
ENDS: dict[Kind, frozenset[str]] = {
    Kind.DECLINE: frozenset({"requested", "offered"}),
    Kind.CANCEL: frozenset({"requested", "offered", "locked", "travel.planned", "travelling"}),
    Kind.WITHDRAW: frozenset({"consent.disclose", "consent.return", "locked", "travel.planned", "travelling"}),
}
EVENT: dict[Kind, str] = {Kind.DECLINE: "referral.declined", Kind.CANCEL: "referral.cancelled"}
STAGE: dict[Kind, str] = {Kind.HANDOVER_CONFIRMED: "assist"}


def apply(arrival: Arrival) -> None:
    """Carry out one accepted message."""
    if not of_referral(arrival.kind):
        return
    referral = _referral(arrival)
    _say(referral, arrival)
    opened = in_our_hands(referral, arrival.partner)
    HANDLERS.get(arrival.kind, _nothing)(referral, arrival.body, opened)
    referral.save()
    if opened is not None:
        _note(opened, arrival.kind)
    if arrival.step is not None:
        follow_effects(referral, arrival.step.effects)
    audit.record(Machine(f"node:{arrival.partner}"), event_of(arrival.kind), about=referral.audit_id)


def event_of(kind: Kind) -> str:
    """What a received message is called on a timeline."""
    return EVENT.get(kind, f"received.{kind.value.lower()}")


def in_our_hands(referral: Referral, partner: str) -> OpenCase | None:
    """The case of a referral, held by the node itself while it carries out a partner's message."""
    if referral.case is None:
        return None
    return relock(open_for(Machine(f"node:{partner}"), referral.case))


def follow_effects(referral: Referral, effects: Iterable[Effect], held: OpenCase | None = None) -> None:
    """What a step of the dialogue means for the case. ``held`` is the case an act holds, which saves it itself."""
    wanted = [effect for effect in EFFECTS if effect in set(effects)]
    if not wanted:
        return
    opened = held or in_our_hands(referral, referral.partner.node)
    for effect in wanted:
        EFFECTS[effect](referral, opened)
    referral.save(update_fields=["alarm", "held_until"])
    if opened is not None and held is None:
        opened.save()


def _note(opened: OpenCase, kind: Kind) -> None:
    before = opened.facts
    opened.change(given=GIVES.get(kind, ()), ended=ENDS.get(kind, frozenset()))
    opened.advance(STAGE.get(kind, opened.case.stage))
    opened.note(event_of(kind), "referral")
    opened.save()
    clocks.follow(opened, (event_of(kind), *(opened.facts - before)))


def _referral(arrival: Arrival) -> Referral:
    found = Referral.objects.select_related("partner", "case").filter(pk=arrival.opened.header.conversation).first()
    if found is not None:
        if found.partner.node != arrival.partner:
            raise NotFound()
        return found
    if arrival.kind is not Kind.REQUEST or arrival.step is None or not isinstance(arrival.body, asking.Request):
        raise NotFound()
    at = clock.now()
    return Referral.objects.create(
        id=arrival.opened.header.conversation, side="destination", partner=Partner.objects.get(node=arrival.partner),
        kind=arrival.body.referral.value, state=arrival.step.talk.state.value, began_at=at, moved_at=at,
        request=arrival.body.to_json(),
    )  # fmt: skip


def _say(referral: Referral, arrival: Arrival) -> None:
    coded = not TRAITS[arrival.kind].personal
    Said.objects.create(
        referral=referral, at=clock.now(), kind=arrival.kind.value, sent=False,
        message=arrival.opened.header.message, body=arrival.body.to_json() if coded else None,
    )  # fmt: skip


def _nothing(referral: Referral, body: Any, opened: OpenCase | None) -> None:
    """The page line says it all."""


def _offered(referral: Referral, body: offering.Offer | offering.CounterAsk, opened: OpenCase | None) -> None:
    if isinstance(body, offering.Offer):
        referral.offer, referral.offer_digest, referral.terms = body.to_json(), digest_of(body), None


def digest_of(body: offering.Offer) -> str:
    """The digest by which terms, consent and lock name an offer."""
    return sha256(body.to_bytes())


def _declined(referral: Referral, body: offering.Decline, opened: OpenCase | None) -> None:
    referral.decline = body.to_json()


def _terms(referral: Referral, body: offering.Terms, opened: OpenCase | None) -> None:
    referral.terms = body.to_json()


def _locked(referral: Referral, body: offering.Lock, opened: OpenCase | None) -> None:
    referral.held_until = body.held_until


def _risk(referral: Referral, body: offering.JointRisk, opened: OpenCase | None) -> None:
    referral.risk_theirs = body.level.value
    until = referral.risk_until
    referral.risk_until = min(until, body.valid_until) if until else body.valid_until
    if opened is None:
        return
    both = referral.risk_ours not in ("", "unknown") and referral.risk_theirs != "unknown"
    opened.change(given=("return_risk.theirs", *(("return_risk.both",) if both else ())))
    if both and referral.risk_ours == referral.risk_theirs:
        clocks.follow(opened, ("risk.agreed",))


def _crossed(referral: Referral, body: journey.Crossed, opened: OpenCase | None) -> None:
    if opened is None:
        raise NotFound()
    take_in(opened, {section.value: fields for section, fields in body.content.sections.items()})


def _withdrawn(referral: Referral, body: rights.Withdraw, opened: OpenCase | None) -> None:
    row = Conversation.objects.get(partner=referral.partner.node, conversation=referral.id)
    row.withdrawn = sorted({*row.withdrawn, *body.consents})
    row.save(update_fields=["withdrawn"])


HANDLERS: dict[Kind, Callable[[Referral, Any, OpenCase | None], None]] = {
    Kind.OFFER: _offered,
    Kind.COUNTER: _offered,
    Kind.DECLINE: _declined,
    Kind.TERMS: _terms,
    Kind.LOCK: _locked,
    Kind.JOINT_RISK: _risk,
    Kind.DISCLOSE: _crossed,
    Kind.TRAVEL_PLAN: _crossed,
    Kind.PROGRESS: _crossed,
    Kind.FEEDBACK_SUMMARY: _crossed,
    Kind.WITHDRAW: _withdrawn,
}


def _take_custody(referral: Referral, opened: OpenCase | None) -> None:
    if opened is not None:
        opened.case.custody = current.home().id


def _pass_custody(referral: Referral, opened: OpenCase | None) -> None:
    if opened is not None:
        opened.case.custody = referral.partner.node


def _erase(referral: Referral, opened: OpenCase | None, keep: tuple[str, ...] = ()) -> None:
    personal = [kind.value for kind, traits in TRAITS.items() if traits.personal]
    InMessage.objects.filter(sender=referral.partner.node, conversation=referral.id, kind__in=personal).update(
        envelope=None
    )
    if opened is not None:
        erase(opened, keep=keep)
        opened.note("case.erased", "status")


def _erase_but_meeting(referral: Referral, opened: OpenCase | None) -> None:
    if opened is not None:
        referral.held_until = meeting.until(opened)
    _erase(referral, opened, keep=("travel",))
    referral.alarm = "meet"


def _erase_under_consent(referral: Referral, opened: OpenCase | None) -> None:
    if opened is not None:
        erase_received(opened)


def _alarm(what: str) -> Callable[[Referral, OpenCase | None], None]:
    def raise_it(referral: Referral, opened: OpenCase | None) -> None:
        referral.alarm = what

    return raise_it


def _speak(referral: Referral, opened: OpenCase | None) -> None:
    referral.alarm = "risk"
    if opened is not None:
        clocks.follow(opened, ("risk.differs",))


EFFECTS: dict[Effect, Callable[[Referral, OpenCase | None], None]] = {
    Effect.TAKE_CUSTODY: _take_custody,
    Effect.PASS_CUSTODY: _pass_custody,
    Effect.ERASE: _erase,
    Effect.ERASE_BUT_MEETING: _erase_but_meeting,
    Effect.ERASE_UNDER_CONSENT: _erase_under_consent,
    Effect.RAISE_ALARM: _alarm("not_arrived"),
    Effect.CALL_A_HUMAN: _alarm("call"),
    Effect.RECALL_ASKED: _alarm("recall"),
    Effect.SPEAK_ABOUT_RISK: _speak,
}
