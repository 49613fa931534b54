"""Sign, encrypt, sign (security handbook 3.3, design decision 17). Bytes are verified as they are."""

import hashlib
import struct
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pydantic import Field

from opentrm.federation import canon
from opentrm.federation.fields import Digest, Id, Kid, Moment, NodeId, Wire, from_base64, sha256
from opentrm.federation.keys import NodeKeys
from opentrm.federation.kinds import Kind
from opentrm.federation.refusal import (
    BadBody,
    BadFrame,
    BadSignature,
    CannotOpen,
    SuiteRefused,
    TooLarge,
    UnknownKind,
    UnknownSender,
    WrongRecipient,
)
from opentrm.federation.statement import NodeStatement
from opentrm.federation.suites import HPKE, SuiteId, open_key, seal_key
from opentrm.kernel.ids import new_id

MAGIC = b"TRM1"
INNER, OUTER, INFO = b"TRM/1 inner\x00", b"TRM/1 outer\x00", b"TRM/1\x00"
SIGNATURE = 64
BUCKETS = (1024, 4096, 16384, 65536, 262144)
MAX_HEADER = 512
MAX_KIND = 32
MAX_ENVELOPE = BUCKETS[-1] + 4096  # the greatest bucket, KEM share, tag, header and signature


class InnerHeader(Wire):
    """The signed, sealed header. ``salt`` keeps the digest of a short message from being guessed."""

    v: Literal[1] = 1
    sender: NodeId
    recipient: NodeId
    conversation: Id
    message: Id
    sequence: Annotated[int, Field(ge=0)]
    prev_inner: Digest | None
    created: Moment
    expires: Moment | None
    salt: Id


class OuterHeader(Wire):
    """The header in clear: nothing on kind, purpose, person or referral."""

    v: Literal[1] = 1
    suite: SuiteId
    kid_sig: Kid
    kid_hpke: Kid
    epoch: Annotated[int, Field(ge=0)]
    bucket: int


@dataclass(frozen=True)
class Inner:
    """A message as the sender keeps it while it waits: canonical plaintext, signed anew at each sealing."""

    header: InnerHeader
    kind: Kind
    plaintext: bytes

    @property
    def digest(self) -> str:
        """With the message id, the identity of the message, however often it is sealed."""
        return sha256(self.plaintext)


@dataclass(frozen=True)
class Outer:
    """An envelope whose outer signature has been checked and which has not been opened."""

    header: OuterHeader
    header_bytes: bytes
    ciphertext: bytes

    @property
    def digest(self) -> str:
        """The digest of the ciphertext: random, so it may be kept as proof after an erasure."""
        return sha256(self.ciphertext)


@dataclass(frozen=True)
class Opened:
    """A message whose both signatures fit and which was meant for this node. Its kind may be unknown here."""

    header: InnerHeader
    kind: str
    body: canon.Json
    digest: str
    outer: Outer


def compose(
    kind: Kind,
    body: canon.Json,
    *,
    sender: str,
    recipient: str,
    conversation: str,
    sequence: int,
    prev_inner: str | None,
    created: datetime,
    expires: datetime | None,
    message: str | None = None,
) -> Inner:
    """Write a message once. TooLarge when it would not fit the greatest bucket."""
    header = InnerHeader(
        sender=sender,
        recipient=recipient,
        conversation=conversation,
        message=message or new_id(),
        sequence=sequence,
        prev_inner=prev_inner,
        created=created,
        expires=expires,
        salt=new_id(),
    )
    plaintext = canon.encode({"header": header.to_json(), "kind": kind, "body": body})
    _bucket(len(plaintext))
    return Inner(header, kind, plaintext)


def reread(plaintext: bytes) -> Inner:
    """The message from its stored plaintext."""
    header, kind, _body = _read(plaintext)
    return Inner(header, Kind(kind), plaintext)


def seal(inner: Inner, keys: NodeKeys, receiver: NodeStatement, *, suite: SuiteId, epoch: int, at: datetime) -> bytes:
    """Sign, pad, encrypt and sign again. Two sealings differ; the message inside stays the same."""
    entry = receiver.sealing_entry(suite, at)
    frame = _padded(inner.plaintext, keys.signer.private.sign(INNER + _hash(inner.plaintext)))
    header = OuterHeader(
        suite=suite, kid_sig=keys.signer.kid, kid_hpke=entry.kid, epoch=epoch, bucket=len(frame)
    ).to_bytes()
    ciphertext = HPKE[suite].encrypt(frame, seal_key(suite, from_base64(entry.key)), info=INFO + _hash(header))
    signature = keys.signer.private.sign(OUTER + _hash(header) + _hash(ciphertext))
    return MAGIC + struct.pack(">H", len(header)) + header + ciphertext + signature


def outer_header(data: bytes) -> OuterHeader:
    """Read the clear header and nothing else, to learn whose signature to check. Proves nothing."""
    return OuterHeader.from_bytes(_split(data)[0])


def check_outer(data: bytes, sender: NodeStatement) -> Outer:
    """Check the outer signature over the received bytes, before anything is opened or stored."""
    header_bytes, ciphertext, signature = _split(data)
    header = OuterHeader.from_bytes(header_bytes)
    key = sender.verifying_key(header.kid_sig)
    _verify(key, signature, OUTER + _hash(header_bytes) + _hash(ciphertext))
    return Outer(header, header_bytes, ciphertext)


def open_(outer: Outer, keys: NodeKeys, sender: NodeStatement, *, me: str, suite: SuiteId) -> Opened:
    """Decrypt, check padding and inner signature, and that it was written by this sender for this node."""
    if outer.header.suite is not suite:
        raise SuiteRefused
    frame = _decrypt(outer, keys)
    plaintext, signature = _unpadded(frame, outer.header.bucket)
    header, kind, body = _read(plaintext)
    _verify(sender.verifying_key(outer.header.kid_sig), signature, INNER + _hash(plaintext))
    if header.sender != sender.node:
        raise UnknownSender
    if header.recipient != me:
        raise WrongRecipient
    return Opened(header, kind, body, sha256(plaintext), outer)


def _decrypt(outer: Outer, keys: NodeKeys) -> bytes:
    key = keys.receiver(outer.header.kid_hpke)
    if key.suite is not outer.header.suite:
        raise SuiteRefused
    try:
        return HPKE[key.suite].decrypt(
            outer.ciphertext, open_key(key.x25519, key.mlkem), info=INFO + _hash(outer.header_bytes)
        )
    except (InvalidTag, ValueError):
        raise CannotOpen from None


def _read(plaintext: bytes) -> tuple[InnerHeader, str, canon.Json]:
    box = canon.parse_object(plaintext)
    if set(box) != {"header", "kind", "body"} or not isinstance(box["body"], dict):
        raise BadBody
    if not isinstance(box["kind"], str) or len(box["kind"]) > MAX_KIND:
        raise UnknownKind
    return InnerHeader.read(box["header"]), box["kind"], box["body"]


def _bucket(length: int) -> int:
    for size in BUCKETS:
        if length + SIGNATURE + 4 <= size:
            return size
    raise TooLarge


def _padded(plaintext: bytes, signature: bytes) -> bytes:
    frame = struct.pack(">I", len(plaintext)) + plaintext + signature
    return frame.ljust(_bucket(len(plaintext)), b"\x00")


def _unpadded(frame: bytes, bucket: int) -> tuple[bytes, bytes]:
    (length,) = struct.unpack_from(">I", frame) if len(frame) >= 4 else (0,)
    end = 4 + length + SIGNATURE
    fits = bucket in BUCKETS and len(frame) == bucket and end <= bucket and _bucket(length) == bucket
    if not fits or frame[end:].strip(b"\x00"):
        raise CannotOpen
    return frame[4 : 4 + length], frame[4 + length : end]


def _split(data: bytes) -> tuple[bytes, bytes, bytes]:
    if len(data) > MAX_ENVELOPE:
        raise TooLarge
    if len(data) < 6 or data[:4] != MAGIC:
        raise BadFrame
    (length,) = struct.unpack_from(">H", data, 4)
    if length > MAX_HEADER or len(data) < 6 + length + SIGNATURE + 1:
        raise BadFrame
    return data[6 : 6 + length], data[6 + length : -SIGNATURE], data[-SIGNATURE:]


def _verify(key: Ed25519PublicKey, signature: bytes, message: bytes) -> None:
    try:
        key.verify(signature, message)
    except InvalidSignature:
        raise BadSignature from None


def _hash(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()
