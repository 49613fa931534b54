"""Before an offer: ask, and be asked. No free text leaves the origin before LOCK."""

from datetime import timedelta
from enum import StrEnum, auto
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from opentrm.federation.capacity import CapacityRequest
from opentrm.federation.codes import ReferralKind
from opentrm.federation.fields import Moment, Wire

CONFIRM_WITHIN = timedelta(hours=24)


class Phoned(Wire):
    """What was agreed by telephone before any message: both nodes confirm it within 24 hours."""

    spoken_at: Moment
    rang_back: Literal[True]
    challenge_word: Literal[True]
    spoken_consent: Literal[True]
    spoken_lock_until: Moment


class Request(Wire):
    """REQUEST: the kind of referral and the anonymous capacity request, no more."""

    referral: ReferralKind
    capacity: CapacityRequest
    phoned: Phoned | None = None

    @model_validator(mode="after")
    def _phoned_says_so(self) -> Self:
        if (self.referral is ReferralKind.PHONED) != (self.phoned is not None):
            raise ValueError("a phoned referral, and no other, says what was spoken")
        return self


class Question(StrEnum):
    """What a destination may ask before it offers: about the service, never about her."""

    DATE_CAN_MOVE = auto()
    ARRIVES_AT_NIGHT = auto()
    SHARED_ROOM_FITS = auto()
    SAME_ROOM_FOR_CHILD = auto()
    STEP_FREE_NEEDED = auto()
    INTERPRETER_NEEDED = auto()
    SCHOOL_PLACE_NEEDED = auto()
    BABY_ITEMS_NEEDED = auto()
    OTHER_REGION_FITS = auto()
    LONGER_THAN_3_MONTHS = auto()


class ClarifyAsk(Wire):
    """CLARIFY_ASK: coded questions."""

    questions: Annotated[list[Question], Field(min_length=1, max_length=10)]


class Reply(Wire):
    """One answer; "not said" and "unknown" are two different answers."""

    question: Question
    answer: Literal["yes", "no", "unknown", "not_said"]


class ClarifyAnswer(Wire):
    """CLARIFY_ANSWER: coded answers."""

    answers: Annotated[list[Reply], Field(min_length=1, max_length=10)]
