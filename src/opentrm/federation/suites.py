"""The two HPKE suites (RFC 9180): two nodes use the strongest that both have, never silently less."""

from collections.abc import Iterable
from enum import StrEnum

from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)

from opentrm.federation.refusal import SuiteRefused, UnknownKey

MLKEM_PUBLIC = 1184  # bytes of an ML-KEM-768 encapsulation key, FIPS 203 table 3

OpenKey = X25519PrivateKey | MLKEM768X25519PrivateKey
SealKey = X25519PublicKey | MLKEM768X25519PublicKey


class SuiteId(StrEnum):
    """Suite names on the wire. The AEAD is always ChaCha20-Poly1305, the KDF HKDF-SHA256."""

    X25519 = "x25519"
    HYBRID = "mlkem768-x25519"


# Strongest first: the order in which two statements are compared.
STRENGTH = (SuiteId.HYBRID, SuiteId.X25519)

HPKE = {
    SuiteId.X25519: Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305),
    SuiteId.HYBRID: Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305),
}


def strongest(mine: Iterable[SuiteId], theirs: Iterable[SuiteId]) -> SuiteId:
    """The strongest suite in both statements; SuiteRefused when they share none."""
    both = set(mine) & set(theirs)
    for suite in STRENGTH:
        if suite in both:
            return suite
    raise SuiteRefused("The two nodes have no encryption suite in common.")


def new_private(suite: SuiteId) -> tuple[X25519PrivateKey, MLKEM768PrivateKey | None]:
    """Fresh private parts for a suite: X25519, and ML-KEM-768 for the hybrid."""
    return X25519PrivateKey.generate(), (MLKEM768PrivateKey.generate() if suite is SuiteId.HYBRID else None)


def open_key(x25519: X25519PrivateKey, mlkem: MLKEM768PrivateKey | None) -> OpenKey:
    """The key that opens, from its parts."""
    return x25519 if mlkem is None else MLKEM768X25519PrivateKey(mlkem, x25519)


def public_bytes(x25519: X25519PrivateKey, mlkem: MLKEM768PrivateKey | None) -> bytes:
    """The public key as it stands in a statement: ML-KEM part first where there is one, then X25519."""
    tail = x25519.public_key().public_bytes_raw()
    return tail if mlkem is None else mlkem.public_key().public_bytes_raw() + tail


def seal_key(suite: SuiteId, data: bytes) -> SealKey:
    """The key that seals, from the bytes in a statement; UnknownKey when they do not fit the suite."""
    split = MLKEM_PUBLIC if suite is SuiteId.HYBRID else 0
    try:
        curve = X25519PublicKey.from_public_bytes(data[split:])
        if suite is SuiteId.X25519:
            return curve
        return MLKEM768X25519PublicKey(MLKEM768PublicKey.from_public_bytes(data[:split]), curve)
    except ValueError:
        raise UnknownKey from None
