"""An alarm was attended to: somebody has telephoned."""

from opentrm.accounts.models import User
from opentrm.cases.gate import OpenCase
from opentrm.cases.step import step
from opentrm.referrals.find import referral_of
from opentrm.referrals.models import Referral


@step("alarm.attended", stage="screen", section="referral")
def attend(opened: OpenCase, referral_id: str, *, actor: User) -> Referral:
    """Take an alarm off the list, because a person has dealt with it."""
    referral = referral_of(opened, referral_id)
    referral.alarm = ""
    referral.save(update_fields=["alarm"])
    return referral
