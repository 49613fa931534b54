"""Stage ``identify``: the early risk (F-05) and the decision (F-09). Neither stands before any help."""

from opentrm.accounts.models import User
from opentrm.cases import clocks
from opentrm.cases.actions import second
from opentrm.cases.filing import digest_of, file, show
from opentrm.cases.gate import OpenCase
from opentrm.cases.models import Filing, SecondLook
from opentrm.cases.step import step
from opentrm.protocol import Answers

STATUSES = ("potential", "presumed", "identified", "not_identified")


@step("risk.assessed", stage="identify", section="risk")
def assess_risk(opened: OpenCase, answers: Answers, *, actor: User) -> Filing:
    """Keep a risk assessment. It shows at once, as waiting for its second signature (SOP 1.3)."""
    filing = file(opened, "F-05", answers)
    opened.change(risk=_said(answers, "overall"), fear=_said(answers, "own_fear"))
    second.ask(opened, "risk", filing.id, digest_of(filing), by=actor)
    return filing


@step("identification.proposed", stage="identify", section="status", action="decide")
def decide(opened: OpenCase, answers: Answers, *, actor: User) -> Filing:
    """Keep a decision on status. It takes effect when a second person has signed it (SOP 1.6)."""
    filing = file(opened, "F-09", answers)
    second.ask(opened, "identification", filing.id, digest_of(filing), by=actor)
    return filing


def _risk_signed(opened: OpenCase, signed: SecondLook) -> None:
    opened.change(given=("risk.assessed",))


def _decision_signed(opened: OpenCase, signed: SecondLook) -> None:
    decided = show(opened, Filing.objects.get(pk=signed.about)).answers
    status = _said(decided, "status")
    opened.case.status = status if status in STATUSES else opened.case.status
    fact = {"presumed": "presumed", "identified": "identified", "not_identified": "not_identified"}.get(status)
    if fact:
        opened.change(given=(fact, "decided"), ended=frozenset({"presumed", "identified", "not_identified"}))
        clocks.follow(opened, (fact, "identification.decided"))


second.EFFECTS["risk"] = _risk_signed
second.EFFECTS["identification"] = _decision_signed


def _said(answers: Answers, name: str) -> str:
    answer = answers.get(name)
    return str(answer.value) if answer is not None and answer.value else ""
