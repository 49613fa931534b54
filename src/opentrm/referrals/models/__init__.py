"""What two nodes have to do with each other: partners, the wire's rows, and the referrals they carry."""

from opentrm.referrals.models.partner import Partner
from opentrm.referrals.models.referral import Preview, Referral, Said
from opentrm.referrals.models.wire import Conversation, InMessage, OutMessage

__all__ = ["Conversation", "InMessage", "OutMessage", "Partner", "Preview", "Referral", "Said"]
