"""What two people read to each other when nodes are paired: eight words and eight digits."""

import hashlib
from dataclasses import dataclass
from functools import cache

from mnemonic import Mnemonic

from opentrm.federation.fields import from_base64
from opentrm.federation.statement import NodeStatement

DOMAIN = b"TRM/1 fingerprint\x00"


@dataclass(frozen=True)
class Fingerprint:
    """Eight BIP-39 English words (88 bits) and eight digits (26 bits) of one node's root."""

    words: tuple[str, ...]
    digits: str

    def __str__(self) -> str:
        return f"{' '.join(self.words)} {self.digits[:4]} {self.digits[4:]}"


@cache
def _words() -> tuple[str, ...]:
    return tuple(Mnemonic("english").wordlist)


def fingerprint(statement: NodeStatement) -> Fingerprint:
    """The fingerprint of a node's identity: its id and root key, so that it outlives every other key."""
    root = from_base64(statement.root)
    number = int.from_bytes(hashlib.sha256(DOMAIN + statement.node.encode() + b"\x00" + root).digest(), "big")
    words = tuple(_words()[(number >> (256 - 11 * (place + 1))) & 2047] for place in range(8))
    return Fingerprint(words, f"{(number & (2**128 - 1)) % 10**8:08d}")
