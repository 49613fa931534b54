"""Between nodes, about no referral; and the receipt."""

from typing import Annotated, Literal

from pydantic import Field

from opentrm.federation.fields import Base64, Digest, Id, Kid, Line, Moment, Wire
from opentrm.federation.refusal import Refusal


class Receipt(Wire):
    """RECEIPT: what became of one message. Only ``processed`` stops the sender's alarm.

    ``message`` and ``inner`` are None when the envelope could not be opened; ``cipher`` is always there.
    """

    message: Id | None
    inner: Digest | None
    cipher: Digest
    status: Literal["stored", "processed", "refused"]
    refusal: Refusal | None = None
    at: Moment
    position: Annotated[int, Field(ge=0)] = 0


class KeyStatement(Wire):
    """KEY_STATEMENT: the root-signed bytes, as they are."""

    statement: Base64


class KeyRevoke(Wire):
    """KEY_REVOKE: this key was stolen; distrust what it signed after then. Comes with a new statement."""

    kid: Kid
    not_after: Moment
    statement: Base64


class Suspend(Wire):
    """SUSPEND: work with the partner stops, or goes on again, by two people's decision."""

    suspended: bool
    reason: Line
    by_two: Literal[True]


class Ping(Wire):
    """PING: are you there? Carries the sender's time only."""

    at: Moment
