"""What the person herself reads or hears, in all her languages. A missing language is a fault, not a gap."""

import hashlib
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from opentrm.kernel.errors import NotValid
from opentrm.kernel.text import LANGUAGES, Text
from opentrm.protocol.load import SHIPPED


class Texts:
    """The texts by id, such as ``consent.help``."""

    def __init__(self, texts: Mapping[str, Text], versions: Mapping[str, str]) -> None:
        self._texts = texts
        self._versions = versions

    def ids(self) -> tuple[str, ...]:
        """Every text there is."""
        return tuple(self._texts)

    def get(self, text_id: str) -> Text:
        """One text. Raises KeyError for one that is not there."""
        return self._texts[text_id]

    def say(self, text_id: str, language: str, **fill: str) -> str:
        """The text in a language, with its gaps filled."""
        return self._texts[text_id].in_(language).format(**fill)

    def version(self, text_id: str) -> str:
        """Which wording this is; a consent keeps it."""
        return self._versions[text_id]

    def digest(self, text_id: str, language: str) -> str:
        """SHA-256 of exactly what she read."""
        return hashlib.sha256(self._texts[text_id].in_(language).encode()).hexdigest()

    def approved(self, text_id: str, language: str) -> bool:
        """Whether a native speaker has signed this wording."""
        return language in self._texts[text_id].approved

    def usable(self, text_id: str, language: str, *, demo: bool) -> bool:
        """Whether a consent may rest on it: approved by a native speaker, or in the demo (design decision 4)."""
        return demo or self.approved(text_id, language)


@cache
def load_texts(folder: Path = SHIPPED / "base" / "texts") -> Texts:
    """Read the texts. Raises NotValid naming the text and the language that is missing."""
    texts: dict[str, Text] = {}
    versions: dict[str, str] = {}
    for file in sorted(folder.glob("*.toml")):
        for text_id, body in _entries(tomllib.loads(file.read_text(encoding="utf-8"))):
            texts[text_id] = _text(file, text_id, body)
            versions[text_id] = str(body.get("version", "1"))
    return Texts(texts, versions)


def _entries(table: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Mapping[str, Any]]]:
    for key, value in table.items():
        if isinstance(value, Mapping) and "en" in value:
            yield f"{before}{key}", value
        elif isinstance(value, Mapping):
            yield from _entries(value, f"{before}{key}.")


def _text(file: Path, text_id: str, body: Mapping[str, Any]) -> Text:
    text = Text({code: str(body[code]) for code in LANGUAGES if body.get(code)}, frozenset(body.get("approved", ())))
    if missing := text.missing(LANGUAGES):
        raise NotValid(f"{file.name}: {text_id} does not speak {', '.join(missing)} yet.")
    return text
