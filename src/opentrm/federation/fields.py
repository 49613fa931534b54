"""Field types that the wire models share, and the strict model they stand in."""

import base64
import binascii
import hashlib
from datetime import UTC, datetime
from typing import Annotated, Any, Self

from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    PlainSerializer,
    StringConstraints,
    ValidationError,
)

from opentrm.federation import canon
from opentrm.federation.refusal import BadBody, NotCanonical


def stamp(at: datetime) -> str:
    """A moment on the wire: UTC, whole seconds, ``2026-11-24T10:00:00Z``."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _moment(value: Any) -> Any:
    """Only that spelling is read, so that one moment has one canonical form; made ones lose fractions."""
    if isinstance(value, str):
        at = datetime.strptime(value, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        if stamp(at) != value:
            raise ValueError("a moment is written 2026-11-24T10:00:00Z")
        return at
    return value.replace(microsecond=0) if isinstance(value, datetime) else value


def sha256(data: bytes) -> str:
    """The SHA-256 digest as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def to_base64(data: bytes) -> str:
    """URL-safe base64 without padding (RFC 4648 section 5)."""
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def from_base64(text: str) -> bytes:
    """The bytes of unpadded URL-safe base64; NotCanonical for any other spelling of them."""
    try:
        data = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        raise NotCanonical from None
    if to_base64(data) != text:
        raise NotCanonical
    return data


Moment = Annotated[AwareDatetime, BeforeValidator(_moment), PlainSerializer(stamp, when_used="json")]
Id = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{32}$")]
Digest = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Kid = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{16}$")]
NodeId = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}(-[a-z0-9]{1,24})?$")]
Country = Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[a-z]{4})?$")]
Base64 = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]+$", max_length=65536)]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,47}$")]
Line = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]
Note = Annotated[str, StringConstraints(min_length=1, max_length=2000)]


class Wire(BaseModel):
    """A thing that crosses between nodes: no unknown field, no coercion, never changed once made."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)

    def to_json(self) -> dict[str, canon.Json]:
        """The plain values that the canonical form is written from."""
        return self.model_dump(mode="json")

    def to_bytes(self) -> bytes:
        """The canonical bytes."""
        return canon.encode(self.to_json())

    @classmethod
    def read(cls, value: canon.Json) -> Self:
        """Check plain values against this model; BadBody names the first wrong field, never its content.

        Every field is written, absent ones as null: one value has one spelling, and so one digest.
        """
        try:
            made = cls.model_validate_json(canon.encode(value))
        except ValidationError as error:
            raise BadBody(field=_where(error)) from None
        if made.to_json() != value:
            raise BadBody
        return made

    @classmethod
    def from_bytes(cls, data: bytes) -> Self:
        """Check canonical bytes against this model."""
        return cls.read(canon.parse(data))


def _where(error: ValidationError) -> str:
    """The path of the first wrong field; what stood there may be about a person and is not repeated."""
    known = (str(part) for part in error.errors(include_input=False, include_url=False)[0]["loc"])
    return ".".join(part if part.isascii() and len(part) <= 48 else "?" for part in known)
