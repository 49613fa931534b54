"""What the exchange needs from whoever stores and carries: small protocols, and the values that pass them.

All methods run inside the caller's ``unit()``, except ``Wire.send``, which never does.
"""

from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum, auto
from typing import Protocol

from opentrm.federation.keys import NodeKeys
from opentrm.federation.kinds import Kind
from opentrm.federation.refusal import Refusal
from opentrm.federation.statement import NodeStatement
from opentrm.federation.states import Talk


class OutState(StrEnum):
    """What became of a message we sent. Only WAITING and STORED rows are tried again."""

    WAITING = auto()
    STORED = auto()  # the partner holds it until one before it arrives
    DONE = auto()  # the partner has processed it
    REFUSED = auto()  # the partner has refused it for good: a person must look
    STOPPED = auto()  # withdrawn before it left


class InState(StrEnum):
    """What became of a message we received."""

    HELD = auto()
    PROCESSED = auto()
    REFUSED = auto()


@dataclass(frozen=True)
class Outgoing:
    """A message that is to reach a partner. ``plaintext`` is personal: seal it at rest."""

    message: str
    partner: str
    conversation: str
    kind: Kind
    sequence: int
    digest: str
    plaintext: bytes = field(repr=False)
    created: datetime
    expires: datetime | None
    next_try: datetime
    state: OutState = OutState.WAITING
    attempts: int = 0
    envelope: bytes | None = field(default=None, repr=False)  # as last sent, sent again byte for byte
    receipt: bytes | None = field(default=None, repr=False)  # the partner's, the proof of delivery
    refusal: Refusal | None = None


@dataclass(frozen=True)
class Incoming:
    """A message that arrived, and what we answered. ``envelope`` is None where it was refused."""

    sender: str
    message: str
    conversation: str
    kind: str  # a name that this node may not know
    sequence: int
    prev_inner: str | None
    digest: str
    cipher: str
    state: InState
    received: datetime
    envelope: bytes | None = field(default=None, repr=False)
    receipt: bytes = field(default=b"", repr=False)  # the signed plaintext of our receipt
    receipt_envelope: bytes = field(default=b"", repr=False)  # as sent, sent again byte for byte
    refusal: Refusal | None = None
    position: int = 0


@dataclass(frozen=True)
class Conversation:
    """One referral with one partner: the dialogue, and where each direction has got to."""

    id: str
    partner: str
    talk: Talk | None  # None for the node-level conversation
    out_sequence: int = 0
    out_digest: str | None = None
    in_sequence: int = 0
    in_digest: str | None = None


@dataclass(frozen=True)
class Peer:
    """A partner that two people on each side have trusted, and how its line is."""

    statement: NodeStatement
    suspended: bool = False
    failures: int = 0
    not_before: datetime | None = None  # the circuit: nothing is tried before this


class Outbox(Protocol):
    """Rows written in the transaction of the act."""

    def add(self, row: Outgoing) -> None:
        """Store a new row."""

    def get(self, message: str) -> Outgoing | None:
        """The row of this message, fresh."""

    def due(self, now: datetime, limit: int) -> list[Outgoing]:
        """WAITING and STORED rows with ``next_try`` <= now, by partner, conversation, sequence."""

    def claim(self, message: str, now: datetime, until: datetime) -> bool:
        """Take a row still due by one conditional update of ``next_try``; False if another worker did."""

    def save(self, row: Outgoing) -> None:
        """Store the changed row."""

    def waiting(self, partner: str, conversation: str) -> list[Outgoing]:
        """WAITING rows of one conversation."""

    def wake(self, partner: str, now: datetime) -> None:
        """Make every WAITING and STORED row of this partner that was tried before due now."""


class Inbox(Protocol):
    """Rows kept for the life of the conversation and ten years, as digests where the body is gone."""

    def get(self, sender: str, message: str) -> Incoming | None:
        """The row of this message; (sender, message) is unique."""

    def at(self, sender: str, conversation: str, sequence: int) -> Incoming | None:
        """The row at this place of the conversation."""

    def add(self, row: Incoming) -> int:
        """Store a new row and return its position in this node's log, from 1."""

    def save(self, row: Incoming) -> None:
        """Store the changed row."""

    def held(self, sender: str, conversation: str) -> int:
        """How many rows of this conversation are HELD."""


class Conversations(Protocol):
    """The dialogue of each referral; reading one inside a unit keeps others from changing it."""

    def get(self, partner: str, conversation: str) -> Conversation | None:
        """The conversation, locked until the unit ends."""

    def save(self, conversation: Conversation) -> None:
        """Store it, new or changed."""

    def withdrawn(self, partner: str, conversation: str) -> Iterable[str]:
        """Ids of the consents withdrawn in it."""


class Peers(Protocol):
    """The partners this node trusts."""

    def by_node(self, node: str) -> Peer | None:
        """The partner with this node id."""

    def by_signing_key(self, kid: str) -> Peer | None:
        """The partner whose statement lists this signing key."""

    def save(self, peer: Peer) -> None:
        """Store the state of the line."""


class Identity(Protocol):
    """This node's own statement, keys and life counter."""

    def statement(self) -> NodeStatement:
        """The statement partners hold of us."""

    def keys(self) -> NodeKeys:
        """The private keys."""


class Journal(Protocol):
    """Where the exchange notes what an auditor or a person must learn of. Never personal data."""

    def note(self, event: str, *, partner: str, conversation: str = "", message: str = "") -> None:
        """Record an event, such as ``refused.state`` or ``alarm.fork``."""


class WireFailed(Exception):
    """Nothing came back: it may or may not have arrived."""


class Wire(Protocol):
    """Carries bytes to a partner's peer door and brings the answer back. WireFailed otherwise."""

    def send(self, peer: Peer, data: bytes) -> bytes:
        """One attempt. Bounded in time and size by the implementation."""


class Ports(Protocol):
    """All of it together."""

    outbox: Outbox
    inbox: Inbox
    conversations: Conversations
    peers: Peers
    identity: Identity
    journal: Journal
    wire: Wire

    def unit(self) -> AbstractContextManager[None]:
        """One transaction; nested, a savepoint that alone is undone when it is left by an exception."""
