"""Answers to a form. "Not now", "prefers not to say" and "unknown" are three different answers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Value = str | tuple[str, ...] | None

# What can be answered instead of a value, and how a page says it.
STATES: Mapping[str, str] = {
    "not_now": "Not now",
    "prefers_not": "Prefers not to say",
    "unknown": "Unknown",
}
SOURCES: Mapping[str, str] = {"told": "Told", "observed": "Observed", "document": "From a paper"}


@dataclass(frozen=True)
class Answer:
    """One answer. ``state`` is "said" or one of STATES; ``source`` one of SOURCES or empty."""

    value: Value = None
    state: str = "said"
    source: str = ""
    section: str = ""

    def as_json(self) -> dict[str, Any]:
        """The plain value that is sealed."""
        value = list(self.value) if isinstance(self.value, tuple) else self.value
        return {"value": value, "state": self.state, "source": self.source, "section": self.section}


class Answers(Mapping[str, Answer]):
    """The answers to one form by question; a question nobody answered is absent."""

    def __init__(self, given: Mapping[str, Answer]) -> None:
        self._given = dict(given)

    def __getitem__(self, name: str) -> Answer:
        return self._given[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._given)

    def __len__(self) -> int:
        return len(self._given)

    def said(self, name: str) -> str:
        """The value of a question as text; empty where nothing was said."""
        answer = self._given.get(name)
        if answer is None or not answer.value:
            return ""
        return answer.value if isinstance(answer.value, str) else ",".join(answer.value)

    def many(self, name: str) -> tuple[str, ...]:
        """The values of a question as codes."""
        answer = self._given.get(name)
        if answer is None or not answer.value:
            return ()
        return (answer.value,) if isinstance(answer.value, str) else answer.value

    def for_section(self, section: str) -> "Answers":
        """Only what belongs to one section of the case file."""
        return Answers({name: answer for name, answer in self._given.items() if answer.section == section})

    def as_json(self) -> dict[str, Any]:
        """Plain values, as they are sealed."""
        return {name: answer.as_json() for name, answer in self._given.items()}

    @classmethod
    def from_json(cls, plain: Mapping[str, Any]) -> "Answers":
        """What ``as_json`` made."""
        return cls({name: _answer(body) for name, body in plain.items()})

    @classmethod
    def of(cls, section: str, **values: Value) -> "Answers":
        """Answers of one section, made by the software itself."""
        return cls({name: Answer(value, section=section) for name, value in values.items()})


def _answer(body: Mapping[str, Any]) -> Answer:
    value = body["value"]
    value = tuple(value) if isinstance(value, list) else value
    return Answer(value, body.get("state", "said"), body.get("source", ""), body.get("section", ""))
