"""The origin asks: her road declared, then an anonymous request for a place (S0, design decision 18)."""

from datetime import datetime

from opentrm.accounts.models import User
from opentrm.cases import clocks
from opentrm.cases.filing import file
from opentrm.cases.gate import OpenCase
from opentrm.cases.models import Filing
from opentrm.cases.step import step
from opentrm.federation.bodies.asking import ClarifyAnswer, Phoned, Reply, Request
from opentrm.federation.bodies.offering import Cancel, CounterAsk
from opentrm.federation.capacity import CapacityRequest
from opentrm.federation.codes import ReferralKind
from opentrm.federation.kinds import Kind
from opentrm.federation.readiness import RETURNS
from opentrm.kernel import clock
from opentrm.kernel.errors import NotNow, NotValid
from opentrm.protocol import Answers
from opentrm.referrals.exchange import can_send, post
from opentrm.referrals.find import open_one, referral_of, the_open_one
from opentrm.referrals.models import Partner, Referral

ROADS = {"stay", "return", "third", "asylum"}


@step("road.declared", stage="refer", section="travel")
def declare(opened: OpenCase, answers: Answers, *, actor: User) -> Filing:
    """Keep what she decides (F-15a). All four roads are explained first; she may change her mind at any time."""
    if set(answers.many("explained")) != ROADS:
        sentence = "Explain all four roads first: staying, returning, a third country, asylum."
        raise NotValid(sentence, {"explained": sentence})
    filing = file(opened, "F-15a", answers)
    road = answers.said("road")
    gone = frozenset({"declared", "asylum"})
    given = {"return": ("declared",), "third": ("declared",), "asylum": ("asylum",)}.get(road, ())
    opened.change(given=given, ended=gone - set(given))
    if road == "asylum":
        _stop_contact(opened, actor)
    return filing


def _stop_contact(opened: OpenCase, actor: User) -> None:
    """Asking for asylum is not a risk: it ends every contact with the state of origin (design decision 8)."""
    referral = open_one(opened)
    if referral is not None and can_send(referral, Kind.CANCEL):
        post(referral, Kind.CANCEL, Cancel(reason="other_road"), by=actor, held=opened)
        _end(opened)


@step("referral.requested", stage="refer", section="referral", action="send", needs=("consent.ask_abroad",),
      gives=("requested",))  # fmt: skip
def request(
    opened: OpenCase,
    partner: Partner,
    kind: str,
    capacity: CapacityRequest,
    spoken: Phoned | None = None,
    *,
    actor: User,
) -> Referral:
    """Ask a partner whether it has a place: coded, no name. ``spoken`` says what was agreed by telephone."""
    wanted = ReferralKind(kind)
    _may_ask(opened, partner, wanted)
    at = clock.now()
    body = Request(referral=wanted, capacity=capacity, phoned=spoken)
    referral = Referral.objects.create(
        side="origin", partner=partner, case=opened.case, kind=wanted.value, state="draft", began_at=at, moved_at=at,
        request=body.to_json(), held_until=spoken.spoken_lock_until if spoken else None,
    )  # fmt: skip
    post(referral, Kind.REQUEST, body, by=actor, held=opened)
    if spoken:
        clocks.follow(opened, ("referral.phoned",))
    return referral


def _may_ask(opened: OpenCase, partner: Partner, kind: ReferralKind) -> None:
    if "asylum" in opened.facts:
        raise NotNow("She asks for asylum: nothing goes to another country about her.", step="refer")
    if kind in RETURNS and "declared" not in opened.facts:
        raise NotNow("Explain the four roads and write down what she decides first.", step="refer")
    if opened.header.child and not {"guardian", "best_interests"} <= opened.facts:
        raise NotNow("For a child the guardian and the best-interests note (F-19) come first.", step="identify")
    if open_one(opened) is not None:
        raise NotNow("A referral is going on in this case. It has to end before another country is asked.")
    if partner.suspended:
        raise NotNow("Work with this country's node is suspended. Ask your contact point.")


@step("referral.replied", stage="refer", section="referral", action="send")
def reply(opened: OpenCase, answers: dict[str, str], *, actor: User) -> Referral:
    """Answer the questions the other country asked; "not said" is a full answer."""
    referral = the_open_one(opened)
    replies = [{"question": question, "answer": given} for question, given in answers.items()]
    body = ClarifyAnswer.read({"answers": [Reply.read(one).to_json() for one in replies]})
    post(referral, Kind.CLARIFY_ANSWER, body, by=actor, held=opened)
    return referral


@step("referral.countered", stage="refer", section="referral", action="send")
def counter(opened: OpenCase, change: list[str], needed_from: datetime | None = None, *, actor: User) -> Referral:
    """Say what would have to change in an offer. She is not asked to explain."""
    referral = the_open_one(opened)
    number = int((referral.offer or {}).get("n", 0)) + 1
    body = CounterAsk.read({"n": number, "change": change, "needed_from": None})
    if needed_from:
        body = body.model_copy(update={"needed_from": needed_from})
    post(referral, Kind.COUNTER, body, by=actor, held=opened)
    return referral


@step("referral.cancelled", stage="refer", section="referral", action="send")
def cancel(opened: OpenCase, referral_id: str, reason: str, *, actor: User) -> Referral:
    """End a referral, with a coded reason."""
    referral = referral_of(opened, referral_id)
    post(referral, Kind.CANCEL, Cancel.read({"reason": reason, "explanation": None}), by=actor, held=opened)
    _end(opened)
    return referral


def _end(opened: OpenCase) -> None:
    opened.change(ended=frozenset({"requested", "offered", "locked", "return_risk.ours", "return_risk.theirs",
                                   "return_risk.both", "disclosed", "travel.planned"}))  # fmt: skip
    clocks.follow(opened, ("referral.cancelled",))
