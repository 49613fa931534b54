"""What is really there: offer, counter-offer, decline, terms, lock."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from opentrm.federation.codes import Need, RiskLevel, Tongue
from opentrm.federation.fields import Digest, Id, Line, Moment, Note, Wire

Number = Annotated[int, Field(ge=1, le=999)]


class Place(Wire):
    """A service that is free for her, and from when to when."""

    service: Need
    free_from: Moment
    free_until: Moment | None
    count: Annotated[int, Field(ge=1, le=20)]

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.free_until is not None and self.free_until <= self.free_from:
            raise ValueError("a place ends after it begins")
        return self


class Cost(Wire):
    """What something costs her, in whole minor units (cents); 0 where it is free."""

    what: Line
    minor_units: Annotated[int, Field(ge=0, le=100_000_000)]
    currency: Annotated[str, Field(pattern=r"^[A-Z]{3}$")]


class Contact(Wire):
    """A member of staff by name and office telephone: never an address."""

    name: Line
    role: Line
    office_phone: Annotated[str, Field(pattern=r"^\+[0-9 ]{6,20}$")]


class Offer(Wire):
    """OFFER: real places with dates, what they cost and ask of her, and who will have her."""

    n: Number
    organisation: Line
    places: Annotated[list[Place], Field(min_length=1, max_length=12)]
    conditions: Annotated[list[Line], Field(max_length=12)] = []
    costs: Annotated[list[Cost], Field(max_length=12)] = []
    languages: Annotated[list[Tongue], Field(min_length=1, max_length=8)]
    case_manager: Contact
    alternate: Contact | None = None
    valid_until: Moment


class CounterAsk(Wire):
    """COUNTER from the origin: what would have to change. A destination's COUNTER is an Offer."""

    n: Number
    change: Annotated[
        list[Literal["dates", "places", "conditions", "costs", "languages", "region", "organisation"]],
        Field(min_length=1, max_length=7),
    ]
    needed_from: Moment | None = None


class Decline(Wire):
    """DECLINE: a coded reason that names nobody; another node may be pointed to."""

    reason: Literal["no_place", "not_our_service", "no_language", "date_passed", "not_agreed", "closed"]
    ask_again_after: Moment | None = None


class Terms(Wire):
    """TERMS: she agreed to this very offer; her consent is named by its digest only."""

    n: Number
    offer_digest: Digest
    consent_digest: Digest


class Lock(Wire):
    """LOCK: the place is hers until then. It reserves a place, never a journey."""

    n: Number
    offer_digest: Digest
    consent_digest: Digest
    held_until: Moment


class JointRisk(Wire):
    """JOINT_RISK: one side's verdict. Levels in words; two people signed; it runs out."""

    level: RiskLevel
    factors: Annotated[list[Annotated[str, Field(pattern=r"^[a-z_]{1,48}$")]], Field(max_length=24)] = []
    assessed_at: Moment
    valid_until: Moment
    signed_by_two: Literal[True]
    supersedes: Id | None = None
    asks_to_talk: bool = False


class Cancel(Wire):
    """CANCEL: before the hand-over. After LOCK the destination says why."""

    reason: Literal["place_lost", "risk", "date_passed", "her_decision", "other_road", "error", "agreed"]
    explanation: Note | None = None
