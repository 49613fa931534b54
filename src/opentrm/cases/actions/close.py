"""Stage ``close``: always possible, with a reason and an open door (F-18, SOP 3.6)."""

from opentrm.accounts.models import User
from opentrm.cases.filing import file
from opentrm.cases.gate import OpenCase
from opentrm.cases.models import Clock, Filing
from opentrm.cases.step import step
from opentrm.kernel import clock
from opentrm.kernel.errors import NotNow
from opentrm.protocol import Answers


@step("case.closed", stage="close", section="status", gives=("closed",))
def close(opened: OpenCase, answers: Answers, *, actor: User) -> Filing:
    """Close the case. Its clocks stop; the reason and the way back are written down."""
    return shut(opened, answers)


def shut(opened: OpenCase, answers: Answers) -> Filing:
    """What closing does, for acts that tell another country as well."""
    if opened.case.closed_at is not None:
        raise NotNow("This case is closed already.")
    opened.case.closed_at = clock.now()
    Clock.objects.filter(case=opened.case, stopped_at=None).update(stopped_at=clock.now())
    return file(opened, "F-18", answers)


@step("case.reopened", stage="close", section="status")
def reopen(opened: OpenCase, *, actor: User) -> None:
    """Open the door again: no reason is asked of her."""
    if opened.case.closed_at is None:
        raise NotNow("This case is open.")
    opened.case.closed_at = None
    opened.case.stage = "assist"
    opened.change(ended=frozenset({"closed"}))
