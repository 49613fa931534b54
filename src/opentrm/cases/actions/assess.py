"""Stage ``assess``: her needs, domain by domain, with her own priority beside each (F-10, SOP 2.1)."""

from opentrm.accounts.models import User
from opentrm.cases.filing import file
from opentrm.cases.gate import OpenCase
from opentrm.cases.models import Filing
from opentrm.cases.step import step
from opentrm.protocol import Answers


@step("case.assessed", stage="assess", section="needs", gives=("assessed",))
def assess(opened: OpenCase, answers: Answers, *, actor: User) -> Filing:
    """Keep a needs assessment. It needs nothing but that she was screened."""
    return file(opened, "F-10", answers)
