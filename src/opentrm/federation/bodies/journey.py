"""What crosses with her consent, the journey, and the hand-over."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from opentrm.federation import canon
from opentrm.federation.bodies.offering import Contact, Number
from opentrm.federation.codes import Purpose, Section
from opentrm.federation.consent import SignedConsent
from opentrm.federation.fields import Code, Digest, Line, Moment, Wire, sha256


class Content(Wire):
    """What leaves: sections with their fields, under one consent, for one purpose."""

    n: Number
    offer_digest: Digest
    organisation: Line
    purpose: Purpose
    consent: SignedConsent
    sections: Annotated[dict[Section, dict[Code, canon.Json]], Field(min_length=1)]


class Crossed(Wire):
    """DISCLOSE, TRAVEL_PLAN, PROGRESS, FEEDBACK_SUMMARY, ACCESS_COPY: content and its digest.

    The digest is the one on the page that the sender saw (design decision 19).
    """

    content: Content
    content_digest: Digest

    @model_validator(mode="after")
    def _as_previewed(self) -> Self:
        if sha256(self.content.to_bytes()) != self.content_digest:
            raise ValueError("the content is not what was previewed")
        return self


class TravelFields(Wire):
    """The fields of section ``travel`` in a TRAVEL_PLAN. They die 24 hours after arrival."""

    leaves_at: Moment
    arrives_at: Moment
    by: Literal["bus", "car", "train", "plane", "on_foot", "other"]
    arrives_where: Line
    met_by: Contact
    spoken_first: Line  # the agreed word: whoever meets her says it first (design decision 13)
    first_night: Line
    travels_with: Line | None = None
    signs_of_life: Annotated[list[Moment], Field(max_length=12)] = []
    if_late_call: Contact


class ProgressFields(Wire):
    """The fields of section ``plan`` in a PROGRESS message: coded outcomes, no narrative."""

    month: Annotated[int, Field(ge=0, le=60)]
    in_care: bool
    levels: Annotated[dict[Code, Annotated[int, Field(ge=0, le=4)]], Field(max_length=20)] = {}
    risk_changed: bool = False


class Update(Wire):
    """UPDATE: where the journey stands, coded. A changed plan is a new TRAVEL_PLAN."""

    status: Literal["expected", "departed", "sign_of_life", "delayed", "diverted", "not_departing"]
    at: Moment
    expected_at: Moment | None = None


class Arrived(Wire):
    """ARRIVED: she is here."""

    at: Moment
    met: bool
    unhurt: Literal["yes", "no", "unknown"]


class NotArrived(Wire):
    """NOT_ARRIVED: the alarm. People on both sides telephone at once."""

    expected_at: Moment
    last_sign: Moment | None
    calling: Contact


class HandoverConfirmed(Wire):
    """HANDOVER_CONFIRMED: from now on the destination is responsible; a place code, not an address."""

    at: Moment
    place_code: Code
    case_manager: Contact
    she_confirmed: Literal["yes", "no", "not_asked"]


class Close(Wire):
    """CLOSE: the reason, with an open door."""

    reason: Literal["goals_met", "her_wish", "moved", "lost_contact", "another_service", "information_given"]
    may_come_back: Literal[True] = True
    data_kept_until: Moment
