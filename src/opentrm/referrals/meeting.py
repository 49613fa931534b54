"""After a withdrawal on the way only the meeting details stay, until 24 hours after she should have arrived."""

from datetime import datetime, timedelta

from django.db import transaction

from opentrm.audit import record as audit
from opentrm.audit.record import Machine
from opentrm.cases.erase import erase
from opentrm.cases.filing import latest
from opentrm.cases.gate import OpenCase, open_for, relock
from opentrm.federation.dialogue import meeting_over
from opentrm.federation.states import State, Talk
from opentrm.kernel import clock
from opentrm.referrals.models import Conversation, Referral

CLOCK = Machine("clock")
AFTER = timedelta(hours=24)


def until(opened: OpenCase) -> datetime:
    """When the meeting details have to go: 24 hours after the plan's arrival, or from now where there is no plan."""
    shown = latest(opened, "received")
    arrives = shown.answers.said("arrives_at") if shown else ""
    try:
        return datetime.fromisoformat(arrives.replace("Z", "+00:00")) + AFTER
    except ValueError:
        return clock.now() + AFTER


def let_go() -> int:
    """Erase the meeting details whose time is over; how many cases that was."""
    over = Referral.objects.filter(state=State.MEETING_ONLY.value, held_until__lte=clock.now()).select_related("case")
    for referral in over:
        with transaction.atomic():
            _end(referral)
    return len(over)


def _end(referral: Referral) -> None:
    row = Conversation.objects.select_for_update().get(conversation=referral.id, partner=referral.partner.node)
    talk = meeting_over(Talk.read(row.talk))
    row.talk = talk.to_json()
    row.save(update_fields=["talk"])
    referral.state, referral.alarm = talk.state.value, ""
    referral.save(update_fields=["state", "alarm"])
    if referral.case is not None:
        opened = relock(open_for(CLOCK, referral.case))
        erase(opened)
        opened.note("case.erased", "status")
        opened.save()
        audit.record(CLOCK, "case.erased", about=opened.audit_id)
