"""What this node is, for whoever asks: its home, its profile, its keys."""

from functools import cache

from opentrm.node.home import Home, read_home
from opentrm.protocol import Profile, load_profile
from opentrm.protocol.texts import Texts, load_texts
from opentrm.vault import Journal, KeyRing


@cache
def home() -> Home:
    """The home folder this process runs on."""
    return read_home()


@cache
def profile() -> Profile:
    """The country profile in force today; a case keeps the version it was opened under."""
    return load_profile(home().profile)


@cache
def texts() -> Texts:
    """What the person herself reads, in her language."""
    return load_texts()


@cache
def keyring() -> KeyRing:
    """The node's keys at rest."""
    return KeyRing.load(home().keys)


@cache
def journal() -> Journal:
    """The never-restored journal."""
    return Journal(home().journal)


def forget() -> None:
    """Read everything anew: after a key rotation, and between tests."""
    for known in (home, profile, texts, keyring, journal):
        known.cache_clear()
