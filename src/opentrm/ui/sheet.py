"""A form of the profile on a page: what is asked, what was typed, what has to be mended."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.http import QueryDict

from opentrm.protocol import Answers, Form, Group, Option, Question
from opentrm.protocol.answers import SOURCES, STATES

Typed = Mapping[str, str | Sequence[str]]


def typed(data: QueryDict) -> dict[str, list[str]]:
    """What the browser sent, every value of every name."""
    return {name: data.getlist(name) for name in data}


@dataclass(frozen=True)
class Field:
    """One question with what stands in it now."""

    question: Question
    values: tuple[str, ...] = ()
    state: str = ""
    source: str = ""
    error: str = ""
    known: bool = False

    @property
    def id(self) -> str:
        """The name of the question in the page."""
        return self.question.id

    @property
    def value(self) -> str:
        """The one value as text."""
        return self.values[0] if self.values else ""

    @property
    def template(self) -> str:
        """Which component draws it."""
        kinds = {"yes_no": "one", "tick": "tick", "number": "text"}
        return f"ui/components/{kinds.get(self.question.kind, self.question.kind)}.html"

    @property
    def options(self) -> list[tuple[Option, bool]]:
        """What can be chosen, and whether it is."""
        return [(option, option.code in self.values) for option in self.question.choices]

    @property
    def states(self) -> list[tuple[str, str, bool]]:
        """The three other answers, and whether one was given."""
        return [(code, label, code == self.state) for code, label in STATES.items()] if self.question.states else []

    @property
    def sources(self) -> list[tuple[str, str, bool]]:
        """Where it is known from."""
        return [(code, label, code == self.source) for code, label in SOURCES.items()] if self.question.source else []

    @property
    def day(self) -> tuple[str, str, str]:
        """Day, month and year of a date, as typed."""
        parts = self.value.split("-")
        return (parts[2].lstrip("0"), parts[1].lstrip("0"), parts[0]) if len(parts) == 3 else ("", "", "")

    @property
    def described(self) -> str:
        """Ids of what explains the field, for ``aria-describedby``."""
        ids = [f"{self.id}-hint"] if self.question.hint else []
        return " ".join([*ids, f"{self.id}-error"] if self.error else ids)


@dataclass(frozen=True)
class Part:
    """A group of fields under one heading."""

    group: Group
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class Sheet:
    """A form as a page draws it. ``errors`` maps a question to the sentence that says how to mend it."""

    form: Form
    raw: Typed = field(default_factory=dict)
    known: Answers = field(default_factory=lambda: Answers({}))
    errors: Mapping[str, str] = field(default_factory=dict)
    button: str = ""
    danger: bool = False

    @property
    def parts(self) -> list[Part]:
        """The groups with their fields."""
        return [Part(group, tuple(self._field(q) for q in group.questions)) for group in self.form.groups]

    @property
    def press(self) -> str:
        """What the button says."""
        return self.button or self.form.button

    @property
    def problems(self) -> list[tuple[str, str]]:
        """The error summary: where, and what to do."""
        asked = {question.id for question in self.form.questions()}
        return [(name if name in asked else "sheet", sentence) for name, sentence in self.errors.items()]

    def _field(self, question: Question) -> Field:
        error = self.errors.get(question.id, "")
        if self.raw:
            return Field(question, self._typed(question), self._one(f"{question.id}__state"),
                         self._one(f"{question.id}__source"), error)  # fmt: skip
        answer = self.known.get(question.id)
        if answer is None:
            return Field(question, error=error)
        value = answer.value
        values = value if isinstance(value, tuple) else ((value,) if value else ())
        return Field(question, values, "" if answer.state == "said" else answer.state, answer.source, error, known=True)

    def _typed(self, question: Question) -> tuple[str, ...]:
        if question.kind == "date" and not self._one(question.id):
            day, month, year = (self._one(f"{question.id}__{part}") for part in ("day", "month", "year"))
            return (f"{year}-{month}-{day}",) if day or month or year else ()
        value = self.raw.get(question.id, ())
        return (value,) if isinstance(value, str) else tuple(value)

    def _one(self, name: str) -> str:
        value = self.raw.get(name, "")
        return value if isinstance(value, str) else (str(value[-1]) if value else "")


def small_form(form_id: str, title: str, *questions: Question, button: str = "Save", intro: str = "") -> Form:
    """A short form of a page's own, which no profile changes."""
    return Form(id=form_id, version="1", title=title, stage="screen", section="status", intro=intro, button=button,
                group=(Group(question=questions),))  # fmt: skip
