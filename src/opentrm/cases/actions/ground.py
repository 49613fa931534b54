"""Other grounds than her yes (design decision 5): typed, reasoned, with a second person; never a consent."""

from opentrm.accounts.models import User
from opentrm.cases import clocks
from opentrm.cases.actions import second
from opentrm.cases.filing import digest_of, file
from opentrm.cases.gate import OpenCase
from opentrm.cases.models import Filing, SecondLook
from opentrm.cases.step import step
from opentrm.protocol import Answers


@step("ground.used", stage="identify", section="risk")
def use(opened: OpenCase, answers: Answers, *, actor: User) -> Filing:
    """Write down that somebody is told on another ground (F-25).

    In imminent danger it was done first, and a clock of 24 hours runs until a second person has looked; else it may
    be done when they have.
    """
    filing = file(opened, "F-25", answers)
    second.ask(opened, "ground", filing.id, digest_of(filing), by=actor)
    if answers.said("imminent") == "yes":
        clocks.follow(opened, ("ground.acted-first",))
    return filing


def _signed(opened: OpenCase, signed: SecondLook) -> None:
    clocks.follow(opened, ("ground.signed",))


second.EFFECTS["ground"] = _signed
