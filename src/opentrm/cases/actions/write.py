"""Forms that only add to the file and decide nothing: notes, interviews, safety plans, family, guardians."""

from opentrm.accounts.models import User
from opentrm.cases.filing import file
from opentrm.cases.gate import OpenCase
from opentrm.cases.models import Filing
from opentrm.cases.step import step
from opentrm.kernel.errors import NotNow
from opentrm.protocol import Answers

# Forms that have an act of their own, which decides more than that something was written down.
ELSEWHERE = {"F-01", "F-03", "F-05", "F-05b", "F-09", "F-10", "F-11", "F-12", "F-13", "F-14", "F-15a", "F-15b",
             "F-15c", "F-15e", "F-15f", "F-17", "F-18", "F-20", "F-23", "F-25", "F-15d", "F-15j"}  # fmt: skip
GIVES = {"F-19": ("guardian", "best_interests"), "F-04": ("interpreter",)}


@step("form.filed", stage="screen", section="status", action="read")
def write(opened: OpenCase, form_id: str, answers: Answers, *, actor: User) -> Filing:
    """File one of the forms that only add to the case. Each section it writes is checked by itself."""
    if form_id in ELSEWHERE or form_id not in opened.profile.forms:
        raise NotNow("This form belongs to a step of its own.")
    filing = file(opened, form_id, answers)
    if form_id in GIVES:
        opened.change(given=GIVES[form_id])
    return filing
