"""Sentences in several languages, and which of them a native speaker has approved."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

# The languages her pages speak, by the codes Django knows them under.
LANGUAGES: Mapping[str, str] = {
    "en": "English",
    "sq": "Shqip",
    "bs": "Bosanski",
    "cnr": "Crnogorski",
    "ro": "Română",
    "sr-latn": "Srpski",
    "sr": "Српски",
    "ru": "Русский",
}


@dataclass(frozen=True)
class Text:
    """One sentence in several languages; ``approved`` lists the languages a native speaker signed."""

    said: Mapping[str, str]
    approved: frozenset[str] = field(default_factory=frozenset)

    def in_(self, language: str) -> str:
        """The sentence in this language, else in English."""
        return self.said.get(language) or self.said["en"]

    def missing(self, languages: Iterable[str]) -> tuple[str, ...]:
        """The languages among these that the sentence does not speak yet."""
        return tuple(code for code in languages if not self.said.get(code))
