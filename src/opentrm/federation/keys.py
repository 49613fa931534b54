"""The private keys of one node: root, signing, receiving (security handbook 3.2)."""

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import cast

from cryptography.hazmat.primitives import serialization as pem
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from opentrm.federation import suites
from opentrm.federation.refusal import UnknownKey
from opentrm.federation.suites import SuiteId

SIGNING_LIFE = timedelta(days=365)
SIGNING_OVERLAP = timedelta(days=30)
RECEIVING_LIFE = timedelta(days=90)
RECEIVING_OVERLAP = timedelta(days=45)  # then destroyed: forward secrecy per quarter

PemKey = Ed25519PrivateKey | X25519PrivateKey | MLKEM768PrivateKey


def kid(public: bytes) -> str:
    """The name of a key: the first 64 bits of the SHA-256 of its public bytes."""
    return hashlib.sha256(public).hexdigest()[:16]


@dataclass(frozen=True)
class SigningKey:
    """An Ed25519 key (RFC 8032) that signs messages or statements."""

    private: Ed25519PrivateKey = field(repr=False)

    @property
    def public(self) -> bytes:
        """The 32 public bytes."""
        return self.private.public_key().public_bytes_raw()

    @property
    def kid(self) -> str:
        """The name of the key."""
        return kid(self.public)


@dataclass(frozen=True)
class ReceivingKey:
    """A key that opens what is sealed for this node, under one suite."""

    x25519: X25519PrivateKey = field(repr=False)
    mlkem: MLKEM768PrivateKey | None = field(default=None, repr=False)

    @property
    def suite(self) -> SuiteId:
        """The suite the key belongs to."""
        return SuiteId.X25519 if self.mlkem is None else SuiteId.HYBRID

    @property
    def public(self) -> bytes:
        """The public bytes as they stand in the statement."""
        return suites.public_bytes(self.x25519, self.mlkem)

    @property
    def kid(self) -> str:
        """The name of the key."""
        return kid(self.public)


@dataclass(frozen=True)
class NodeKeys:
    """All private keys of a node. The newest signing key signs; ``root`` is absent while kept offline."""

    root: SigningKey | None
    signing: tuple[SigningKey, ...]
    receiving: tuple[ReceivingKey, ...]

    @classmethod
    def generate(cls, *, hybrid: bool = True) -> "NodeKeys":
        """Fresh keys: a root, one signing key, and one receiving key per suite."""
        chosen = suites.STRENGTH if hybrid else (SuiteId.X25519,)
        return cls(
            root=SigningKey(Ed25519PrivateKey.generate()),
            signing=(SigningKey(Ed25519PrivateKey.generate()),),
            receiving=tuple(ReceivingKey(*suites.new_private(suite)) for suite in chosen),
        )

    @property
    def signer(self) -> SigningKey:
        """The key that signs now: the first of the signing keys."""
        return self.signing[0]

    def receiver(self, name: str) -> ReceivingKey:
        """The receiving key of that name; UnknownKey when it was never ours or has been destroyed."""
        for key in self.receiving:
            if key.kid == name:
                return key
        raise UnknownKey

    def save(self, folder: Path, *, passphrase: bytes | None = None) -> None:
        """Write every key as PEM (PKCS 8) into a folder only its owner can read; newest first."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.root:
            _write(folder / "root.pem", [self.root.private], passphrase)
        for place, key in enumerate(self.signing):
            _write(folder / f"signing-{place:03d}.pem", [key.private], passphrase)
        for place, opener in enumerate(self.receiving):
            parts: list[PemKey] = [opener.x25519, *((opener.mlkem,) if opener.mlkem else ())]
            _write(folder / f"receiving-{place:03d}.pem", parts, passphrase)

    @classmethod
    def load(cls, folder: Path, *, passphrase: bytes | None = None) -> "NodeKeys":
        """Read what ``save`` wrote. The root may be absent."""
        root = folder / "root.pem"
        return cls(
            root=_signing(root, passphrase) if root.exists() else None,
            signing=tuple(_signing(path, passphrase) for path in sorted(folder.glob("signing-*.pem"))),
            receiving=tuple(_receiving(path, passphrase) for path in sorted(folder.glob("receiving-*.pem"))),
        )


def _write(path: Path, keys: Iterable[PemKey], passphrase: bytes | None) -> None:
    lock: pem.KeySerializationEncryption = pem.BestAvailableEncryption(passphrase) if passphrase else pem.NoEncryption()
    form = (pem.Encoding.PEM, pem.PrivateFormat.PKCS8)
    data = b"".join(key.private_bytes(*form, lock) for key in keys)
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)


def _blocks(path: Path, passphrase: bytes | None) -> list[PemKey]:
    end = b"PRIVATE KEY-----\n"
    parts = path.read_bytes().split(b"-----BEGIN ")[1:]
    whole = [b"-----BEGIN " + part for part in parts if part.rstrip(b"\n").endswith(end.rstrip(b"\n"))]
    return [cast(PemKey, pem.load_pem_private_key(block, passphrase)) for block in whole]


def _signing(path: Path, passphrase: bytes | None) -> SigningKey:
    (key,) = _blocks(path, passphrase)
    if not isinstance(key, Ed25519PrivateKey):
        raise UnknownKey("A signing key file holds another kind of key.")
    return SigningKey(key)


def _receiving(path: Path, passphrase: bytes | None) -> ReceivingKey:
    curve, *rest = _blocks(path, passphrase)
    lattice = rest[0] if rest else None
    if not isinstance(curve, X25519PrivateKey) or not isinstance(lattice, MLKEM768PrivateKey | None):
        raise UnknownKey("A receiving key file holds another kind of key.")
    return ReceivingKey(curve, lattice)
