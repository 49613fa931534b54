"""The node statement: what a node says of itself, signed by its offline root (security handbook 3.1)."""

from datetime import datetime, timedelta
from typing import Annotated, Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from pydantic import Field

from opentrm.federation import canon
from opentrm.federation.fields import (
    Base64,
    Country,
    Digest,
    Kid,
    Line,
    Moment,
    NodeId,
    Wire,
    from_base64,
    sha256,
    to_base64,
)
from opentrm.federation.keys import (
    RECEIVING_LIFE,
    RECEIVING_OVERLAP,
    SIGNING_LIFE,
    SIGNING_OVERLAP,
    NodeKeys,
    kid,
)
from opentrm.federation.refusal import BadStatement, UnknownKey
from opentrm.federation.suites import STRENGTH, SuiteId, strongest

DOMAIN = b"TRM/1 statement\x00"
LIFE = timedelta(days=365)
GRACE = timedelta(minutes=10)


class SigningEntry(Wire):
    """A public signing key and when it signs."""

    kid: Kid
    key: Base64
    since: Moment
    until: Moment


class ReceivingEntry(Wire):
    """A public receiving key, its suite, and how long others may seal to it."""

    kid: Kid
    suite: SuiteId
    key: Base64
    since: Moment
    until: Moment


class NodeStatement(Wire):
    """Who a node is, where it answers, and its public keys. ``epoch`` counts its lives (restores)."""

    v: Literal[1] = 1
    node: NodeId
    country: Country
    owner: Line
    endpoint: Line
    root: Base64
    signing: Annotated[list[SigningEntry], Field(min_length=1, max_length=8)]
    receiving: Annotated[list[ReceivingEntry], Field(min_length=1, max_length=8)]
    tls_pins: Annotated[list[Digest], Field(max_length=4)] = []
    organisations: Annotated[list[Line], Field(max_length=64)] = []
    valid_from: Moment
    valid_until: Moment
    sequence: Annotated[int, Field(ge=1)]
    previous: Digest | None = None
    epoch: Annotated[int, Field(ge=0)] = 0

    @property
    def suites(self) -> frozenset[SuiteId]:
        """The suites this node can receive."""
        return frozenset(entry.suite for entry in self.receiving)

    def verifying_key(self, name: str, signed_at: datetime | None = None) -> Ed25519PublicKey:
        """The signing key of that name, good 30 days beyond its life; UnknownKey otherwise."""
        for entry in self.signing:
            if entry.kid == name and _in_life(entry, signed_at, SIGNING_OVERLAP):
                return Ed25519PublicKey.from_public_bytes(from_base64(entry.key))
        raise UnknownKey

    def sealing_entry(self, suite: SuiteId, at: datetime) -> ReceivingEntry:
        """The newest key of a suite that may be sealed to now; UnknownKey when all have run out."""
        good = [entry for entry in self.receiving if entry.suite is suite and _in_life(entry, at)]
        if not good:
            raise UnknownKey
        return max(good, key=lambda entry: entry.since)

    def digest(self) -> str:
        """The SHA-256 of the canonical statement, which the next one names as ``previous``."""
        return sha256(self.to_bytes())


def _in_life(entry: SigningEntry | ReceivingEntry, at: datetime | None, overlap: timedelta = timedelta(0)) -> bool:
    return at is None or entry.since - GRACE <= at <= entry.until + overlap


def agreed_suite(mine: NodeStatement, theirs: NodeStatement) -> SuiteId:
    """The strongest suite that both statements list. Anything weaker is refused by both sides."""
    return strongest(mine.suites, theirs.suites)


def make(
    keys: NodeKeys,
    *,
    node: str,
    country: str,
    owner: str,
    endpoint: str,
    at: datetime,
    previous: NodeStatement | None = None,
    epoch: int = 0,
) -> bytes:
    """Write and sign a statement of these keys. The root's private half has to be present."""
    if keys.root is None:
        raise BadStatement("The root key is not here: bring it from where it is kept.")
    statement = NodeStatement(
        node=node,
        country=country,
        owner=owner,
        endpoint=endpoint,
        root=to_base64(keys.root.public),
        signing=_signing_entries(keys, previous, at),
        receiving=_receiving_entries(keys, previous, at),
        valid_from=at,
        valid_until=at + LIFE,
        sequence=previous.sequence + 1 if previous else 1,
        previous=previous.digest() if previous else None,
        epoch=epoch,
    )
    return sign(statement, keys)


def _signing_entries(keys: NodeKeys, previous: NodeStatement | None, at: datetime) -> list[SigningEntry]:
    known = {entry.kid: entry for entry in previous.signing} if previous else {}
    return [
        known.get(key.kid) or SigningEntry(kid=key.kid, key=to_base64(key.public), since=at, until=at + SIGNING_LIFE)
        for key in keys.signing
    ]


def _receiving_entries(keys: NodeKeys, previous: NodeStatement | None, at: datetime) -> list[ReceivingEntry]:
    known = {entry.kid: entry for entry in previous.receiving} if previous else {}
    until = at + RECEIVING_LIFE + RECEIVING_OVERLAP
    return [
        known.get(key.kid)
        or ReceivingEntry(kid=key.kid, suite=key.suite, key=to_base64(key.public), since=at, until=until)
        for key in keys.receiving
    ]


def sign(statement: NodeStatement, keys: NodeKeys) -> bytes:
    """The signed bytes of a statement: canonical {payload, signature}, both base64."""
    if keys.root is None:
        raise BadStatement("The root key is not here: bring it from where it is kept.")
    payload = statement.to_bytes()
    signature = keys.root.private.sign(DOMAIN + payload)
    return canon.encode({"payload": to_base64(payload), "signature": to_base64(signature)})


def verify(data: bytes, known: NodeStatement | None = None, *, at: datetime | None = None) -> NodeStatement:
    """Read signed bytes. With a known statement, only the same root and node may replace it, forward only.

    Without one the statement proves no more than that somebody holds its root: compare the fingerprint.
    """
    statement = _genuine(data)
    if at is not None and not statement.valid_from - GRACE <= at <= statement.valid_until:
        raise BadStatement("The partner's statement of keys is not valid today; ask for a new one.")
    if known is not None:
        _follows(statement, known)
    return statement


def _genuine(data: bytes) -> NodeStatement:
    try:
        box = canon.parse_object(data)
        if set(box) != {"payload", "signature"}:
            raise BadStatement
        payload = from_base64(str(box["payload"]))
        statement = NodeStatement.from_bytes(payload)
        root = Ed25519PublicKey.from_public_bytes(from_base64(statement.root))
        root.verify(from_base64(str(box["signature"])), DOMAIN + payload)
    except (InvalidSignature, ValueError):
        raise BadStatement from None
    _whole(statement)
    return statement


def _whole(statement: NodeStatement) -> None:
    entries: list[SigningEntry | ReceivingEntry] = [*statement.signing, *statement.receiving]
    names = [entry.kid for entry in entries]
    if len(set(names)) != len(names) or any(kid(from_base64(entry.key)) != entry.kid for entry in entries):
        raise BadStatement
    if not any(suite in statement.suites for suite in STRENGTH):
        raise BadStatement


def _follows(statement: NodeStatement, known: NodeStatement) -> None:
    same = statement.digest() == known.digest()
    if statement.root != known.root or statement.node != known.node:
        raise BadStatement("The statement is signed by another root: pair again, face to face.")
    if statement.sequence < known.sequence or statement.epoch < known.epoch:
        raise BadStatement("The statement is older than the one held.")
    if statement.sequence == known.sequence and not same:
        raise BadStatement("The partner signed two statements under one number; telephone the partner.")
    if statement.sequence == known.sequence + 1 and statement.previous != known.digest():
        raise BadStatement("The statement does not follow on from the one held.")
