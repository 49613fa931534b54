"""Folding a name to plain Latin letters, the same for every script and spelling it is written in.

Cyrillic goes to Latin by the rules of its language first; only then are the marks taken off, because a plain
transliteration gives Đorđe and Ђорђе different forms.
"""

import re
import unicodedata
from functools import lru_cache

import anyascii
import cyrtranslit

CYRILLIC = re.compile(r"[\u0400-\u04FF]")
# Letters that tell which language a Cyrillic name was written in; Serbian is the common case here.
TELLS = (("ua", re.compile(r"[іїєґ]")), ("mk", re.compile(r"[ѓќѕ]")), ("ru", re.compile(r"[ыэъёщйюя]")))
# One letter, several spellings: what they all become.
SPELLINGS = (
    ("đ", "dj"), ("ð", "dj"), ("ǆ", "dz"), ("dž", "dz"), ("ǉ", "lj"), ("ǌ", "nj"), ("ß", "ss"),
    ("ë", "e"), ("xh", "dj"), ("shch", "sc"), ("shh", "sc"), ("šč", "sc"), ("sh", "s"), ("zh", "z"), ("ch", "c"),
    ("ts", "c"), ("kh", "h"), ("ț", "t"), ("ţ", "t"), ("ș", "s"), ("ş", "s"),
)  # fmt: skip
# Signs that part nothing: Мар'яна and Наталья are one word each.
SILENT = re.compile(r"['’ʼʹʺьъ]")
UNSAID = frozenset(("Cf", "Cc", "Cn", "Co", "Cs", "So", "Sk"))
SPLIT = re.compile(r"[^a-z]+")


@lru_cache(maxsize=4096)
def fold(name: str) -> str:
    """The name in small plain Latin letters and single spaces; marks, controls and emoji are gone."""
    text = unicodedata.normalize("NFKC", name).casefold()
    text = "".join(sign for sign in text if unicodedata.category(sign) not in UNSAID)
    if CYRILLIC.search(text):
        text = cyrtranslit.to_latin(SILENT.sub("", text).replace("ё", "е"), _tongue(text))  # Алёна is often Алена
    before, text = text, _plain(text)
    while text != before:  # "kkhh" and foreign scripts leave spellings that fold once more
        before, text = text, _plain(text)
    return text


def tokens(name: str) -> frozenset[str]:
    """The words of a name, folded: each part of a double surname stands alone."""
    return frozenset(part for part in fold(name).split() if len(part) > 1)


def _plain(text: str) -> str:
    text = SILENT.sub("", text)
    for spelt, folded in SPELLINGS:
        text = text.replace(spelt, folded)
    return " ".join(part for part in SPLIT.split(anyascii.anyascii(text).casefold()) if part)


def _tongue(text: str) -> str:
    for tongue, tell in TELLS:
        if tell.search(text):
            return tongue
    return "sr"
