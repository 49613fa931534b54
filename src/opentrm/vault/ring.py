"""The node's own keys: one generation a quarter, in files that are never in the database or its backups."""

import hashlib
import hmac
import os
import stat
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from opentrm.kernel import clock
from opentrm.kernel.errors import NotValid
from opentrm.vault.seal import NONCE, SealBroken

MARK = 8


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A key wrapped by one generation of the node key."""

    generation: str
    blob: bytes


class KeyRing:
    """The node key's generations, the newest of which wraps, and the key of the blind index."""

    def __init__(self, folder: Path, generations: dict[str, bytes], index: bytes) -> None:
        self._folder = folder
        self._generations = generations
        self._index = index
        self._fields: dict[str, bytes] = {}

    @classmethod
    def create(cls, folder: Path) -> "KeyRing":
        """Make the keys of a new node in a folder that has none. Raises NotValid when it has."""
        if (folder / "index.key").exists():
            raise NotValid(f"There are keys in {folder} already. A node's keys are made once.")
        (folder / "kek").mkdir(parents=True, mode=0o700, exist_ok=True)
        _write(folder / "index.key", os.urandom(32))
        _write(folder / "kek" / f"{_quarter(clock.now())}.key", os.urandom(32))
        return cls.load(folder)

    @classmethod
    def load(cls, folder: Path) -> "KeyRing":
        """Read the keys of a node. Raises NotValid when they are missing or others may read them."""
        files = sorted((folder / "kek").glob("*.key"))
        if not files or not (folder / "index.key").exists():
            raise NotValid(f"The keys of this node are not in {folder}. Without them nothing can be opened.")
        return cls(folder, {file.stem: _read(file) for file in files}, _read(folder / "index.key"))

    @property
    def generation(self) -> str:
        """The generation that wraps now, such as ``2026Q4``."""
        return max(self._generations)

    @property
    def generations(self) -> tuple[str, ...]:
        """All generations that can still unwrap, the oldest first."""
        return tuple(sorted(self._generations))

    def rotate(self, at: datetime) -> str:
        """Begin the generation of the quarter of ``at``; returns its name."""
        name = _quarter(at)
        if name not in self._generations:
            _write(self._folder / "kek" / f"{name}.key", os.urandom(32))
            self._generations[name] = _read(self._folder / "kek" / f"{name}.key")
        return name

    def destroy(self, generation: str) -> None:
        """Destroy a generation: what only it wrapped is erased, in every backup too."""
        if generation == self.generation:
            raise NotValid("The generation in use cannot be destroyed. Begin a new one and wrap anew first.")
        file = self._folder / "kek" / f"{generation}.key"
        file.write_bytes(os.urandom(32))
        file.unlink()
        del self._generations[generation]

    def wrap(self, key: bytes, *, about: bytes) -> Wrapped:
        """Wrap a key under the newest generation, bound to what it is about."""
        name, nonce = self.generation, os.urandom(NONCE)
        sealed = AESGCM(self._generations[name]).encrypt(nonce, key, name.encode() + b"\x1f" + about)
        return Wrapped(name, nonce + sealed)

    def unwrap(self, wrapped: Wrapped, *, about: bytes) -> bytes:
        """Unwrap a key. Raises SealBroken when its generation is destroyed or it is about something else."""
        master = self._generations.get(wrapped.generation)
        if master is None:
            raise SealBroken("The node key that wrapped this was destroyed.")
        bound = wrapped.generation.encode() + b"\x1f" + about
        try:
            return AESGCM(master).decrypt(wrapped.blob[:NONCE], wrapped.blob[NONCE:], bound)
        except (InvalidTag, ValueError):  # ValueError: cut so short that not even a nonce is left
            raise SealBroken("This key was wrapped for something else.") from None

    def mark(self, field: str, value: str) -> bytes:
        """An 8-byte keyed mark (HMAC-SHA-256 under a key of the field): equal values have equal marks."""
        key = self._fields.get(field)
        if key is None:
            expand = HKDFExpand(hashes.SHA256(), 32, f"opentrm index|{field}".encode())
            key = self._fields[field] = expand.derive(self._index)
        return hmac.digest(key, value.encode(), hashlib.sha256)[:MARK]


def _quarter(at: datetime) -> str:
    return f"{at.year}Q{(at.month - 1) // 3 + 1}"


def _write(file: Path, content: bytes) -> None:
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(content)


def _read(file: Path) -> bytes:
    if file.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise NotValid(f"Others on this machine may read {file}. Set its mode to 0600.")
    return file.read_bytes()
