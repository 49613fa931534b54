"""Her consent as an object: to whom, for what, which sections, for which offer, until when (handbook 3.5)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Annotated, Literal, Self

from cryptography.exceptions import InvalidSignature
from pydantic import Field, model_validator

from opentrm.federation.codes import Purpose, Section
from opentrm.federation.fields import (
    Base64,
    Code,
    Digest,
    Id,
    Kid,
    Language,
    Line,
    Moment,
    NodeId,
    Wire,
    from_base64,
    sha256,
    to_base64,
)
from opentrm.federation.keys import NodeKeys
from opentrm.federation.refusal import BadSignature
from opentrm.federation.statement import NodeStatement

DOMAIN = b"TRM/1 consent\x00"
LONGEST = timedelta(days=90)


class Consent(Wire):
    """One consent. ``offer_digest`` is None only where no offer exists yet (asking, family, documents).

    ``proof`` says how she gave it; ``commitment`` is a salted digest of her drawn signature, code or voice
    note, None for paper kept in the file.
    """

    v: Literal[1] = 1
    id: Id
    case_pseudonym: Id
    recipient: NodeId
    organisations: Annotated[list[Line], Field(min_length=1, max_length=8)]
    purposes: Annotated[list[Purpose], Field(min_length=1, max_length=9)]
    sections: Annotated[list[Section], Field(min_length=1, max_length=13)]
    offer_digest: Digest | None
    text_version: Line
    text_digest: Digest
    language: Language
    reading: Literal["read", "read_aloud", "interpreter"]
    valid_from: Moment
    valid_until: Moment
    onward: Annotated[list[Line], Field(max_length=8)] = []
    given_by: Literal["self", "guardian"]
    witness_role: Code | None = None
    capacity: Literal["able", "able_with_support"] = "able"
    proof: Literal["drawn", "code", "voice", "paper"]
    commitment: Digest | None = None
    previous: Digest | None = None

    @model_validator(mode="after")
    def _not_too_long(self) -> Self:
        if not self.valid_from < self.valid_until <= self.valid_from + LONGEST:
            raise ValueError("a consent lasts at most 90 days")
        return self

    def digest(self) -> str:
        """The SHA-256 of the canonical consent: what TERMS names. Its random id keeps it unguessable."""
        return sha256(self.to_bytes())


class SignedConsent(Wire):
    """A consent as it crosses: the canonical bytes, and the signature of the node that took it."""

    payload: Base64
    kid: Kid
    signature: Base64

    def consent(self) -> Consent:
        """The consent inside, whose signature has not been looked at."""
        return Consent.from_bytes(from_base64(self.payload))

    def digest(self) -> str:
        """The digest of the consent inside."""
        return sha256(from_base64(self.payload))


def sign(consent: Consent, keys: NodeKeys) -> SignedConsent:
    """Let the node vouch that it took this consent."""
    payload = consent.to_bytes()
    signature = keys.signer.private.sign(DOMAIN + payload)
    return SignedConsent(payload=to_base64(payload), kid=keys.signer.kid, signature=to_base64(signature))


def verify(signed: SignedConsent, giver: NodeStatement) -> Consent:
    """The consent, when the giver's node signed these very bytes; BadSignature or UnknownKey otherwise."""
    payload = from_base64(signed.payload)
    try:
        giver.verifying_key(signed.kid).verify(from_base64(signed.signature), DOMAIN + payload)
    except InvalidSignature:
        raise BadSignature from None
    return signed.consent()


def covers(
    consent: Consent,
    *,
    recipient: str,
    purpose: Purpose,
    sections: Iterable[Section],
    offer_digest: str | None,
    at: datetime,
    withdrawn: bool = False,
    organisation: str | None = None,
) -> tuple[str, ...]:
    """Why this consent does not cover that sharing; empty when it does."""
    surplus = sorted(set(sections) - set(consent.sections))
    checks = (
        ("She has withdrawn this consent.", withdrawn),
        ("The consent names another country's node.", consent.recipient != recipient),
        (
            "The consent does not name this organisation.",
            organisation is not None and organisation not in consent.organisations,
        ),
        ("The consent is not for this purpose.", purpose not in consent.purposes),
        (f"The consent does not cover: {', '.join(surplus)}.", bool(surplus)),
        ("The consent was given for another offer.", consent.offer_digest != offer_digest),
        ("The consent is not valid yet.", at < consent.valid_from),
        ("The consent has run out: ask her again.", at > consent.valid_until),
    )
    return tuple(reason for reason, holds in checks if holds)
