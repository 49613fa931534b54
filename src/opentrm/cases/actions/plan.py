"""Stage ``plan``: it starts from her own goal, in her words (F-14, SOP 3.3)."""

from opentrm.accounts.models import User
from opentrm.cases.filing import file
from opentrm.cases.gate import OpenCase
from opentrm.cases.models import Filing
from opentrm.cases.step import step
from opentrm.protocol import Answers


@step("case.planned", stage="plan", section="plan", gives=("planned",))
def plan(opened: OpenCase, answers: Answers, *, actor: User) -> Filing:
    """Keep a plan, or a change to it. The newest one counts; the older ones stay readable."""
    return file(opened, "F-14", answers)
