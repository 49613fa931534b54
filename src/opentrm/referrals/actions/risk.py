"""Both countries score the risk of return, each with two people; the higher stands (SOP 4.2, design decision 8)."""

from datetime import timedelta

from opentrm.accounts.models import User
from opentrm.cases import clocks
from opentrm.cases.actions import second
from opentrm.cases.filing import digest_of, file, show
from opentrm.cases.gate import OpenCase
from opentrm.cases.models import Filing, SecondLook
from opentrm.cases.step import step
from opentrm.federation.bodies.offering import JointRisk
from opentrm.federation.codes import RiskLevel
from opentrm.federation.kinds import Kind
from opentrm.kernel import clock
from opentrm.kernel.errors import NotNow
from opentrm.protocol import Answers
from opentrm.referrals.exchange import can_send, post
from opentrm.referrals.find import the_open_one
from opentrm.referrals.models import Referral

VALID = timedelta(days=30)
LEVELS = tuple(level.value for level in RiskLevel)
FACTORS = ("health", "others", "family", "place", "law")


@step("return-risk.scored", stage="refer", section="risk", needs=("locked",))
def score(opened: OpenCase, answers: Answers, *, actor: User) -> Filing:
    """Keep our score (F-05b). It counts, and goes to the other country, when a second person has signed it."""
    referral = the_open_one(opened)
    if not can_send(referral, Kind.JOINT_RISK):
        raise NotNow("The risk of return is scored between the lock and the journey.")
    filing = file(opened, "F-05b", answers)
    second.ask(opened, "return_risk", filing.id, digest_of(filing), by=actor)
    return filing


def _signed(opened: OpenCase, signed: SecondLook) -> None:
    answers = show(opened, Filing.objects.get(pk=signed.about)).answers
    referral = the_open_one(opened)
    at = clock.now()
    level = RiskLevel(answers.said("overall"))
    high = [name for name in FACTORS if answers.said(name) in ("high", "unknown")]
    body = JointRisk(level=level, factors=high, assessed_at=at, valid_until=at + VALID, signed_by_two=True)
    referral.risk_ours = level.value
    referral.risk_until = min(referral.risk_until or body.valid_until, body.valid_until)
    referral.save(update_fields=["risk_ours", "risk_until"])
    opened.change(given=("return_risk.ours",))
    if scored(referral):
        opened.change(given=("return_risk.both",))
    post(referral, Kind.JOINT_RISK, body, by=opened.user, held=opened)
    clocks.follow(opened, ("return_risk.ours", *(("risk.agreed",) if agreed(referral) else ())))


def scored(referral: Referral) -> bool:
    """Whether both countries have given a verdict. "Not known enough" is none."""
    return all(level not in ("", "unknown") for level in (referral.risk_ours, referral.risk_theirs))


def agreed(referral: Referral) -> bool:
    """Whether both verdicts are the same."""
    return scored(referral) and referral.risk_ours == referral.risk_theirs


def standing(referral: Referral) -> str:
    """The level that stands: the higher of the two; empty while one is missing."""
    if not scored(referral):
        return ""
    return max((referral.risk_ours, referral.risk_theirs), key=LEVELS.index)


second.EFFECTS["return_risk"] = _signed
