"""One step of the dialogue: the table says where to, guards say whether, effects say what else follows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum, auto
from typing import Any

from opentrm.federation.bodies import journey, offering
from opentrm.federation.bodies.asking import Request
from opentrm.federation.bodies.rights import Withdraw
from opentrm.federation.codes import Meeting
from opentrm.federation.fields import Wire, sha256
from opentrm.federation.kinds import TRAITS, Kind
from opentrm.federation.readiness import RETURNS, Readiness
from opentrm.federation.refusal import NoConsent, RiskOpen, Withdrawn, WrongOffer, WrongState
from opentrm.federation.states import Side, State, Talk, Way
from opentrm.federation.table import STILL_MET, TABLE
from opentrm.kernel.errors import NotNow


class Effect(StrEnum):
    """What the records floor has to do besides storing the new state."""

    TAKE_CUSTODY = auto()
    PASS_CUSTODY = auto()
    ERASE = auto()  # all that came from S3 on
    ERASE_BUT_MEETING = auto()  # all but what is needed to meet her, until arrival + 24 hours
    ERASE_UNDER_CONSENT = auto()  # what came under that consent; care and own records go on
    STOP_SHARING = auto()  # nothing personal that still waits may be sent
    RAISE_ALARM = auto()  # people on both sides telephone now
    CALL_A_HUMAN = auto()  # she has not said whether somebody should still meet her
    RECALL_ASKED = auto()  # the partner cancelled what had already come about
    SPEAK_ABOUT_RISK = auto()  # levels differ: contacts speak within two working days


@dataclass(frozen=True)
class Step:
    """The talk after a message, and what it brings with it."""

    talk: Talk
    effects: frozenset[Effect]


def allowed(talk: Talk, kind: Kind, way: Way) -> bool:
    """Whether the table lists this message here; what a page asks before it shows a button."""
    return (talk.side, talk.state, kind, way) in TABLE


def step(
    talk: Talk,
    kind: Kind,
    way: Way,
    body: Wire,
    *,
    at: datetime,
    readiness: Readiness | None = None,
) -> Step:
    """The next talk, or a refusal that leaves everything as it was.

    WrongState or Withdrawn where the table has no such cell, WrongOffer, NoConsent, RiskOpen or NotNow
    where a guard says no.
    """
    after = TABLE.get((talk.side, talk.state, kind, way))
    if after is None:
        raise Withdrawn if talk.tombstone else WrongState
    for guard in GUARDS.get(kind, ()):
        guard(talk, body, way)
    if kind is Kind.TRAVEL_PLAN and way is Way.SENT:
        _ready(readiness, at)
    after = _still_met(talk, after, body)
    changed = {**REMEMBER.get(kind, _nothing)(talk, body, way), **_follows(talk, kind, way, after)}
    new = talk.model_copy(update={"state": after, **changed})
    return Step(new, _effects(talk, new, kind, way, body))


def partner_refused(talk: Talk, kind: Kind, body: Wire) -> Talk:
    """The talk after the partner refused what this side sent: a step back where the table lists one."""
    after = TABLE.get((talk.side, talk.state, kind, Way.REFUSED))
    if after is None or getattr(body, "n", talk.offer) != talk.offer:
        return talk
    return talk.model_copy(update={"state": after})


def meeting_over(talk: Talk) -> Talk:
    """24 hours after arrival the meeting details go too (design decision 6)."""
    if talk.state is not State.MEETING_ONLY:
        return talk
    return talk.model_copy(update={"state": State.WITHDRAWN, "identity": False})


def responsible(talk: Talk) -> bool:
    """Whether this side is responsible for her. Moves only with a signed HANDOVER_CONFIRMED."""
    return talk.custody


Guard = Callable[[Talk, Any, Way], None]


def _newer(talk: Talk, body: offering.Offer | offering.CounterAsk, way: Way) -> None:
    if body.n <= talk.offer:
        raise WrongOffer


def _who_counters(talk: Talk, body: offering.Offer | offering.CounterAsk, way: Way) -> None:
    """A destination's counter is an offer with places; an origin's only says what would have to change."""
    by_origin = (talk.side is Side.ORIGIN) == (way is Way.SENT)
    if by_origin is not isinstance(body, offering.CounterAsk):
        raise WrongState


def _this_offer(talk: Talk, body: offering.Terms | offering.Lock | journey.Content, way: Way) -> None:
    if body.n != talk.offer or body.offer_digest != talk.offer_digest:
        raise WrongOffer


def _these_terms(talk: Talk, body: offering.Lock, way: Way) -> None:
    if talk.consent_digest is None or body.consent_digest != talk.consent_digest:
        raise NoConsent


def _content(talk: Talk, body: journey.Crossed, way: Way) -> None:
    if talk.tombstone:
        raise Withdrawn
    _this_offer(talk, body.content, way)


def _locked_consent(talk: Talk, body: journey.Crossed, way: Way) -> None:
    if talk.consent_digest is None or body.content.consent.digest() != talk.consent_digest:
        raise NoConsent


def _risk_scored(talk: Talk, body: Wire, way: Way) -> None:
    if talk.referral in RETURNS and not talk.risk_scored:
        raise RiskOpen


def _risk_agreed(talk: Talk, body: Wire, way: Way) -> None:
    if talk.referral not in RETURNS:
        raise NotNow("This is not a return: we do not arrange the journey.")
    if not talk.risk_scored or talk.risk_ours != talk.risk_theirs:
        raise RiskOpen("The two countries have not agreed on the risk, so no journey is arranged.")


GUARDS: Mapping[Kind, tuple[Guard, ...]] = {
    Kind.OFFER: (_newer,),
    Kind.COUNTER: (_who_counters, _newer),
    Kind.TERMS: (_this_offer,),
    Kind.LOCK: (_this_offer, _these_terms),
    Kind.DISCLOSE: (_content, _locked_consent, _risk_scored),
    Kind.TRAVEL_PLAN: (_content, _risk_agreed),
    Kind.PROGRESS: (_content,),
    Kind.FEEDBACK_SUMMARY: (_content,),
}


def _ready(readiness: Readiness | None, at: datetime) -> None:
    missing = (readiness or Readiness()).missing(at)
    if missing:
        raise NotNow(missing[0], step="refer")


def _still_met(talk: Talk, after: State, body: Wire) -> State:
    met = isinstance(body, Withdraw) and body.meeting in (Meeting.KEEP, Meeting.UNANSWERED)
    if met and talk.side is Side.DESTINATION:
        return STILL_MET.get(talk.state, after)
    return after


Change = dict[str, object]


def _nothing(talk: Talk, body: Wire, way: Way) -> Change:
    return {}


def _requested(talk: Talk, body: Request, way: Way) -> Change:
    return {"referral": body.referral}


def _offered(talk: Talk, body: offering.Offer, way: Way) -> Change:
    return {"offer": body.n, "offer_digest": sha256(body.to_bytes()), "consent_digest": None}


def _countered(talk: Talk, body: offering.Offer | offering.CounterAsk, way: Way) -> Change:
    if isinstance(body, offering.Offer):
        return _offered(talk, body, way)
    # The origin keeps its number until a new offer comes, so that two crossing counters end in the offer.
    return {"consent_digest": None} | ({"offer": body.n} if way is Way.RECEIVED else {})


def _agreed(talk: Talk, body: offering.Terms, way: Way) -> Change:
    return {"consent_digest": body.consent_digest}


def _risk(talk: Talk, body: offering.JointRisk, way: Way) -> Change:
    return {"risk_ours" if way is Way.SENT else "risk_theirs": body.level}


def _disclosed(talk: Talk, body: Wire, way: Way) -> Change:
    return {"identity": True}


def _handed(talk: Talk, body: Wire, way: Way) -> Change:
    return {"custody": way is Way.SENT}


REMEMBER: Mapping[Kind, Callable[[Talk, Any, Way], Change]] = {
    Kind.REQUEST: _requested,
    Kind.OFFER: _offered,
    Kind.COUNTER: _countered,
    Kind.TERMS: _agreed,
    Kind.JOINT_RISK: _risk,
    Kind.DISCLOSE: _disclosed,
    Kind.HANDOVER_CONFIRMED: _handed,
}

_ENDED = (State.WITHDRAWN, State.CANCELLED, State.DECLINED, State.CARE_ONLY)
_ON_THE_WAY = (State.TRAVELLING, State.EXPECTING, State.ALARM)
_CAME_ABOUT = (State.IN_CARE, State.ARRIVED, State.CARE_ONLY)


def _follows(talk: Talk, kind: Kind, way: Way, after: State) -> Change:
    """What the new state by itself brings: a tombstone after withdrawal, no identity after an end."""
    held = talk.side is Side.DESTINATION and after in _ENDED
    change: Change = {"tombstone": True} if kind is Kind.WITHDRAW else {}
    return change | ({"identity": False} if held else {})


def _effects(old: Talk, new: Talk, kind: Kind, way: Way, body: Wire) -> frozenset[Effect]:
    destination = old.side is Side.DESTINATION
    withdrawn = kind is Kind.WITHDRAW
    ended = old.state is not new.state and new.state in _ENDED
    signs = (
        (Effect.TAKE_CUSTODY, new.custody and not old.custody),
        (Effect.PASS_CUSTODY, old.custody and not new.custody),
        (Effect.ERASE, destination and ended and new.state is not State.CARE_ONLY),
        (Effect.ERASE_BUT_MEETING, withdrawn and new.state is State.MEETING_ONLY),
        (Effect.ERASE_UNDER_CONSENT, withdrawn and new.state in (State.CARE_ONLY, State.CLOSED)),
        (Effect.STOP_SHARING, withdrawn or ended),
        (Effect.RAISE_ALARM, kind is Kind.NOT_ARRIVED),
        (Effect.RAISE_ALARM, kind is Kind.CANCEL and old.state in _ON_THE_WAY),
        (Effect.CALL_A_HUMAN, isinstance(body, Withdraw) and body.meeting is Meeting.UNANSWERED),
        (
            Effect.RECALL_ASKED,
            kind is Kind.CANCEL and way is Way.RECEIVED and old.state in _CAME_ABOUT,
        ),
        (
            Effect.SPEAK_ABOUT_RISK,
            kind is Kind.JOINT_RISK and new.risk_scored and new.risk_ours != new.risk_theirs,
        ),
    )
    return frozenset(effect for effect, holds in signs if holds)


def of_referral(kind: Kind) -> bool:
    """Whether a kind belongs to the dialogue of a referral at all (and not to the nodes, or to receipts)."""
    return not TRAITS[kind].of_node and kind is not Kind.RECEIPT
