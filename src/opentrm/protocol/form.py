"""Forms as data: groups of questions, and reading what somebody filled in."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from opentrm.kernel.errors import NotValid
from opentrm.protocol.answers import SOURCES, STATES, Answer, Answers, Value

Kind = Literal["text", "long", "one", "many", "date", "number", "yes_no", "tick"]
LONGEST = {"text": 300, "long": 8000, "number": 12, "date": 10}
YES_NO = (("yes", "Yes"), ("no", "No"))
Raw = Mapping[str, str | Sequence[str]]


class Strict(BaseModel):
    """A piece of a profile: nothing unknown in it, never changed once read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Option(Strict):
    """One answer that can be chosen."""

    code: str
    label: str


class When(Strict):
    """Ask only when an earlier question was answered so."""

    question: str
    is_: tuple[str, ...] = Field(alias="is")


class Question(Strict):
    """One question. ``states`` offers the three other answers; ``source`` asks whether it was seen or told."""

    id: str
    ask: str
    kind: Kind = "text"
    hint: str = ""
    options: tuple[tuple[str, str], ...] = ()
    required: bool = False
    must: str = ""
    states: bool = False
    source: bool = False
    section: str = ""
    carried_from: str = ""
    rows: int = 3
    when: When | None = None

    @property
    def choices(self) -> tuple[Option, ...]:
        """What can be chosen."""
        pairs = self.options or (YES_NO if self.kind == "yes_no" else ())
        return tuple(Option(code=code, label=label) for code, label in pairs)

    def label_of(self, code: str) -> str:
        """How an option is called on the page; the code itself where it is not one of them."""
        return next((option.label for option in self.choices if option.code == code), code)


class Group(Strict):
    """Questions that stand together. ``say`` is said aloud before them, or stands above them."""

    title: str = ""
    say: str = ""
    question: tuple[Question, ...] = ()

    @property
    def questions(self) -> tuple[Question, ...]:
        """The questions of the group."""
        return self.question


class Form(Strict):
    """A form of the profile: what it asks, which stage it belongs to, which section it is filed in."""

    id: str
    version: str
    title: str
    stage: str
    section: str
    intro: str = ""
    button: str = "Save"
    group: tuple[Group, ...] = ()

    @property
    def groups(self) -> tuple[Group, ...]:
        """The groups of the form in order."""
        return self.group

    def questions(self) -> Iterator[Question]:
        """Every question in order."""
        for group in self.group:
            yield from group.question

    def question(self, name: str) -> Question:
        """One question. Raises KeyError for one the form does not ask."""
        return next(q for q in self.questions() if q.id == name)

    def parse(self, raw: Raw) -> Answers:
        """Read what was typed: ``<id>``, ``<id>__state``, ``<id>__source``.

        Raises NotValid with one sentence for each question that has to be mended.
        """
        given: dict[str, Answer] = {}
        errors: dict[str, str] = {}
        for question in self.questions():
            if not _asked(question, given):
                continue
            try:
                answer = _read(question, raw)
            except NotValid as fault:
                errors[question.id] = fault.reason
                continue
            if answer is not None:
                given[question.id] = Answer(answer.value, answer.state, answer.source, question.section or self.section)
        if errors:
            raise NotValid("Some answers need another look.", errors)
        return Answers(given)


def _asked(question: Question, given: Mapping[str, Answer]) -> bool:
    if question.when is None:
        return True
    before = given.get(question.when.question)
    values = before.value if before else None
    held = (values,) if isinstance(values, str) else values or ()
    return bool(set(held) & set(question.when.is_))


def _read(question: Question, raw: Raw) -> Answer | None:
    state, source = _one(raw, f"{question.id}__state"), _one(raw, f"{question.id}__source")
    value = _value(question, raw)
    if value is None and state in STATES and question.states:
        return Answer(None, state)
    if value is None:
        if question.required:
            raise NotValid(question.must or _must(question))
        return None
    return Answer(value, "said", source if source in SOURCES and question.source else "")


def _must(question: Question) -> str:
    choose = question.kind in ("one", "many", "yes_no")
    return f"Choose an answer: {question.ask}" if choose else f"This is needed: {question.ask}"


def _value(question: Question, raw: Raw) -> Value:
    if question.kind == "many":
        return _chosen(question, raw)
    text = _one(raw, question.id).strip()
    if question.kind == "date":
        text = text or _day_from_parts(question, raw)
    return (READ.get(question.kind, _text)(question, text) or None) if text else None


def _day_from_parts(question: Question, raw: Raw) -> str:
    day, month, year = (_one(raw, f"{question.id}__{part}").strip() for part in ("day", "month", "year"))
    if not (day or month or year):
        return ""
    return f"{year.zfill(4)}-{month.zfill(2)}-{day.zfill(2)}"


def _chosen(question: Question, raw: Raw) -> Value:
    given = raw.get(question.id, ())
    values = [given] if isinstance(given, str) else list(given)
    known = {option.code for option in question.choices}
    wrong = [value for value in values if value and value not in known]
    if wrong:
        raise NotValid("Choose from the answers on the page.")
    return tuple(value for value in values if value) or None


def _text(question: Question, text: str) -> str:
    clean = "".join(sign for sign in text.replace("\r\n", "\n") if sign in "\n\t" or sign.isprintable())
    longest = LONGEST.get(question.kind, 300)
    if len(clean) > longest:
        raise NotValid(f"This is too long: {len(clean)} signs where {longest} fit. Shorten it.")
    return clean


def _option(question: Question, text: str) -> str:
    if text not in {option.code for option in question.choices}:
        raise NotValid("Choose from the answers on the page.")
    return text


def _day(question: Question, text: str) -> str:
    try:
        found = date.fromisoformat(text)
    except ValueError:
        raise NotValid("Give a real date, such as 7 11 2026.") from None
    if not 1900 <= found.year <= 2100:
        raise NotValid("Give the year with four digits, such as 2026.")
    return found.isoformat()


def _number(question: Question, text: str) -> str:
    digits = text.removeprefix("-")
    if not digits.isascii() or not digits.isdigit() or len(text) > 9:
        raise NotValid("Give a whole number, in digits.")
    if int(text) < 0:
        raise NotValid("Give a number that is not below zero.")
    return str(int(text))


def _tick(question: Question, text: str) -> str:
    return "yes"


READ = {"one": _option, "yes_no": _option, "date": _day, "number": _number, "tick": _tick}


def _one(raw: Raw, name: str) -> str:
    value = raw.get(name, "")
    if isinstance(value, str):
        return value
    return str(value[-1]) if value else ""
