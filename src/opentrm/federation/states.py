"""The two machines' states and what each side remembers of one referral."""

from enum import StrEnum, auto
from typing import Annotated

from pydantic import Field

from opentrm.federation.codes import ReferralKind, RiskLevel
from opentrm.federation.fields import Digest, Wire


class Side(StrEnum):
    """Who asks, and who is asked."""

    ORIGIN = auto()
    DESTINATION = auto()


class Way(StrEnum):
    """Whether this side sends a message, receives it, or learns that the partner refused what it sent."""

    SENT = auto()
    RECEIVED = auto()
    REFUSED = auto()


class State(StrEnum):
    """Where a referral stands on one side. Words are shared where both sides mean the same."""

    DRAFT = auto()  # origin: nothing sent
    REQUESTED = auto()
    OFFERED = auto()  # both: an offer is on the table
    TERMS = auto()  # origin: she agreed to the offer, the lock is awaited
    LOCKED = auto()  # both: the place is held, nobody is named
    DISCLOSED = auto()  # origin: identity sent
    TRAVELLING = auto()  # origin: the agreed plan is sent (security 3.6: DISCLOSED)
    HANDED_OVER = auto()
    NONE = auto()  # destination: nothing received
    RECEIVED = auto()
    HOLDS = auto()  # destination: identity held
    EXPECTING = auto()  # destination: the agreed plan is held (security 3.6: HOLDS)
    IN_CARE = auto()
    ARRIVED = auto()  # both: she is there, custody not yet moved
    ALARM = auto()  # both: she did not arrive
    CLOSING = auto()  # both: this side closed, the other has not confirmed
    CLOSE_ASKED = auto()  # both: the other side closed
    CLOSED = auto()
    DECLINED = auto()
    CANCELLED = auto()
    WITHDRAWN = auto()
    MEETING_ONLY = auto()  # destination: withdrawn, but somebody still meets her
    CARE_ONLY = auto()  # destination: withdrawn; care and custody go on, nothing is shared


class Talk(Wire):
    """What one side remembers of the dialogue of one referral; stored by the caller with the case."""

    side: Side
    state: State
    referral: ReferralKind | None = None
    offer: Annotated[int, Field(ge=0)] = 0
    offer_digest: Digest | None = None
    consent_digest: Digest | None = None
    custody: bool = False
    identity: bool = False  # origin: it was sent; destination: it is held
    tombstone: bool = False  # nothing about her is taken in any more
    risk_ours: RiskLevel | None = None
    risk_theirs: RiskLevel | None = None

    @property
    def risk_scored(self) -> bool:
        """Whether both countries have given a verdict; "unknown" is none."""
        return all(level not in (None, RiskLevel.UNKNOWN) for level in (self.risk_ours, self.risk_theirs))


def new_talk(side: Side) -> Talk:
    """The beginning: the origin is responsible, the destination knows nothing."""
    origin = side is Side.ORIGIN
    return Talk(side=side, state=State.DRAFT if origin else State.NONE, custody=origin)
