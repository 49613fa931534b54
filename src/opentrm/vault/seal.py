"""Sealing one value for one place: AES-256-GCM, so that a seal moved to another row does not open."""

import os
from collections.abc import Callable
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

VERSION = b"\x01"
NONCE = 12
SEPARATOR = "\x1f"

# Called with each place that is opened; tests count decryptions with it.
watchers: list[Callable[["Place"], None]] = []


class SealBroken(Exception):
    """The value was changed, moved, or sealed under another key. Nothing of it is shown."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed value lives: the associated data that binds it there."""

    table: str
    row: str
    column: str
    generation: str
    schema: int = 1

    def __post_init__(self) -> None:
        if any(SEPARATOR in part for part in (self.table, self.row, self.column, self.generation)):
            raise ValueError("a place may not hold the sign that parts its words")

    def bytes(self) -> bytes:
        """The place as unambiguous bytes."""
        return SEPARATOR.join((self.table, self.row, self.column, self.generation, str(self.schema))).encode()


def new_key() -> bytes:
    """256 random bits."""
    return os.urandom(32)


def seal(key: bytes, plaintext: bytes, place: Place) -> bytes:
    """Seal a value for one place, with a random nonce."""
    nonce = os.urandom(NONCE)
    return VERSION + nonce + AESGCM(key).encrypt(nonce, plaintext, place.bytes())


def unseal(key: bytes, blob: bytes, place: Place) -> bytes:
    """Open what ``seal`` made for this very place. Raises SealBroken for anything else."""
    for watch in watchers:
        watch(place)
    if blob[:1] != VERSION or len(blob) < 1 + NONCE + 16:
        raise SealBroken("This is not a seal of this software.")
    try:
        return AESGCM(key).decrypt(blob[1 : 1 + NONCE], blob[1 + NONCE :], place.bytes())
    except InvalidTag:
        raise SealBroken("The seal does not fit this place or this key.") from None
