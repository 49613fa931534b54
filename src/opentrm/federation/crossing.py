"""A Crossing is the only thing about a person that may leave a country. ``cross`` is its only maker."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from opentrm.federation import canon, consent
from opentrm.federation.bodies import content_fields
from opentrm.federation.bodies.journey import Content, Crossed
from opentrm.federation.codes import Purpose, Section
from opentrm.federation.consent import Consent, SignedConsent
from opentrm.federation.fields import sha256
from opentrm.federation.kinds import Kind
from opentrm.federation.readiness import RETURNS, Readiness
from opentrm.federation.refusal import NoConsent, OutOfScope, RiskOpen, Withdrawn, WrongOffer
from opentrm.federation.statement import NodeStatement
from opentrm.federation.states import Talk
from opentrm.kernel.errors import NeedsSecond, NotNow

# Which sections may travel in which kind. FEEDBACK: what she said about us, if she agrees.
CARRIES: Mapping[Kind, frozenset[Section]] = {
    Kind.DISCLOSE: frozenset(Section) - {Section.TRAVEL, Section.FEEDBACK},
    Kind.TRAVEL_PLAN: frozenset({Section.TRAVEL}),
    Kind.PROGRESS: frozenset({Section.PLAN, Section.STATUS}),
    Kind.FEEDBACK_SUMMARY: frozenset({Section.FEEDBACK}),
}

Sections = Mapping[Section, Mapping[str, canon.Json]]
_MAKER = object()


@dataclass(frozen=True)
class Line:
    """One line of the preview: this value of this field of this section will leave."""

    section: Section
    field: str
    value: canon.Json


@dataclass(frozen=True)
class Crossing:
    """What leaves, exactly: canonical bytes, their digest, and the lines the sender is shown."""

    kind: Kind
    recipient: str
    consent_id: str
    content: bytes
    _maker: object = None

    def __post_init__(self) -> None:
        if self._maker is not _MAKER:
            raise TypeError("a Crossing is made by cross()")

    @property
    def digest(self) -> str:
        """The SHA-256 on the page, in the log and in the message."""
        return sha256(self.content)

    @property
    def lines(self) -> tuple[Line, ...]:
        """Field by field, in the canonical order."""
        sections = canon.parse_object(self.content)["sections"]
        return tuple(
            Line(Section(section), field, value)
            for section, fields in sections.items()
            for field, value in fields.items()
        )

    def body(self) -> dict[str, canon.Json]:
        """The body of the message."""
        return {"content": canon.parse_object(self.content), "content_digest": self.digest}


def cross(
    *,
    kind: Kind,
    talk: Talk,
    signed: SignedConsent,
    recipient: str,
    organisation: str,
    purpose: Purpose,
    sections: Sections,
    at: datetime,
    child: bool,
    second_person: bool,
    withdrawn: bool = False,
    readiness: Readiness | None = None,
) -> Crossing:
    """Build what may leave, once, or refuse.

    ``talk`` gives the locked offer, both countries' verdicts and whether she withdrew; ``second_person``
    says that a second professional has approved exactly this, needed for a child and for police;
    ``readiness`` is needed for a travel plan. NoConsent, OutOfScope, WrongOffer, RiskOpen, Withdrawn,
    NeedsSecond or NotNow say what is missing.
    """
    _may_leave(kind, talk, readiness, at)
    if (child or purpose is Purpose.POLICE) and not second_person:
        raise NeedsSecond("A second professional has to look at exactly this before it is sent.")
    content = Content.read(
        {
            "n": talk.offer,
            "offer_digest": talk.offer_digest,
            "organisation": organisation,
            "purpose": purpose,
            "consent": signed.to_json(),
            "sections": {section: dict(fields) for section, fields in sections.items()},
        }
    )
    _in_scope(kind, content, signed.consent(), recipient, at, withdrawn=withdrawn or talk.tombstone)
    return Crossing(kind, recipient, signed.consent().id, content.to_bytes(), _MAKER)


def recheck(
    kind: Kind,
    body: Crossed,
    *,
    talk: Talk,
    giver: NodeStatement,
    me: str,
    at: datetime,
    withdrawn: Collection[str] = (),
) -> Consent:
    """The receiver's own look at what arrived, before anything is kept: the consent that covers it.

    BadSignature, UnknownKey, WrongOffer, NoConsent, Withdrawn or OutOfScope: then nothing is stored.
    """
    given = consent.verify(body.content.consent, giver)
    if body.content.offer_digest != talk.offer_digest:
        raise WrongOffer
    gone = talk.tombstone or given.id in withdrawn
    _in_scope(kind, body.content, given, me, at, withdrawn=gone)
    return given


def _may_leave(kind: Kind, talk: Talk, readiness: Readiness | None, at: datetime) -> None:
    if kind not in CARRIES:
        raise OutOfScope("Nothing about a person can be sent in this kind of message.")
    if talk.tombstone:
        raise Withdrawn
    if talk.offer_digest is None or talk.consent_digest is None:
        raise WrongOffer("No offer is locked yet, so nothing about her can be sent.")
    if kind in (Kind.DISCLOSE, Kind.TRAVEL_PLAN) and talk.referral in RETURNS and not talk.risk_scored:
        raise RiskOpen
    missing = (readiness or Readiness()).missing(at) if kind is Kind.TRAVEL_PLAN else ()
    if missing:
        raise NotNow(missing[0], step="refer")


def _in_scope(kind: Kind, content: Content, given: Consent, recipient: str, at: datetime, *, withdrawn: bool) -> None:
    """Sections x recipient x purpose, the same test on both sides (security handbook 3.5)."""
    if withdrawn:
        raise Withdrawn
    surplus = set(content.sections) - (set(given.sections) & CARRIES[kind])
    if surplus:
        raise OutOfScope
    reasons = consent.covers(
        given,
        recipient=recipient,
        organisation=content.organisation,
        purpose=content.purpose,
        sections=content.sections,
        offer_digest=content.offer_digest,
        at=at,
    )
    if reasons:
        raise NoConsent(reasons[0])
    for section, fields in content.sections.items():
        content_fields(kind, section, fields)
