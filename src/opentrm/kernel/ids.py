"""Identifiers that say nothing about anybody."""

import re
import secrets

# Crockford's alphabet: no I, L, O or U, so a reference survives being read aloud on a bad line.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
REF = re.compile(r"^[A-Z]{2}-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$")


def new_id() -> str:
    """A random 128-bit identifier as 32 hexadecimal digits."""
    return secrets.token_hex(16)


def new_ref(country: str) -> str:
    """A case reference such as ``RS-4F7K-9QXM``: the node's country and 40 random bits, never a count."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(8))
    return f"{country.upper()}-{letters[:4]}-{letters[4:]}"


def is_ref(text: str) -> bool:
    """Whether the text has the shape of a case reference."""
    return REF.match(text) is not None
