"""``check-profile``: every problem of a profile, with its file and line."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zoneinfo import ZoneInfo

from opentrm.kernel.errors import Refused
from opentrm.kernel.words import SECTIONS, STAGES
from opentrm.protocol.facts import FACTS
from opentrm.protocol.load import SHIPPED, files_of, load_profile
from opentrm.protocol.profile import Profile

# Help needs nothing but that she was screened (design decision 1).
FREE_STAGES = ("assess", "plan", "assist", "listen")


@dataclass(frozen=True)
class Problem:
    """One thing to mend."""

    file: str
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.sentence}"


def check_profile(name: str, folder: Path = SHIPPED) -> list[Problem]:
    """Every problem of the profile of this name; empty when it is sound."""
    try:
        profile = load_profile(name, folder)
    except Refused as fault:
        return [Problem(f"{name}/profile.toml", 1, fault.reason)]
    files = files_of(folder / name, folder)
    return [_placed(files, folder, where, sentence) for where, sentence in _faults(profile)]


# Where a fault stands: an id, or a form's id and a question's, and one sentence.
Fault = tuple[str | tuple[str, str], str]


def _faults(profile: Profile) -> Iterator[Fault]:
    yield from _calendar_faults(profile)
    yield from _step_faults(profile)
    yield from _clock_faults(profile)
    yield from _form_faults(profile)
    for fact in profile.facts:
        if fact.confidence == "high" and fact.source is None:
            yield fact.key, f"The fact {fact.key} is marked high and names no source."


def _calendar_faults(profile: Profile) -> Iterator[Fault]:
    try:
        ZoneInfo(profile.zone)
    except (KeyError, OSError, ValueError):
        yield profile.id, f"There is no time zone called {profile.zone}."
    for day in profile.holidays:
        if not _is_day(day):
            yield profile.id, f"A holiday is written 05-01 or 2026-04-13, and not {day}."


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text if len(text) == 10 else f"2024-{text}").isoformat().endswith(text)
    except ValueError:
        return False


def _step_faults(profile: Profile) -> Iterator[Fault]:
    for step in profile.steps.values():
        if step.stage not in STAGES:
            yield step.id, f"The step {step.id} names a stage that does not exist: {step.stage}."
        for fact in (*step.needs, *step.gives):
            if fact not in FACTS:
                yield step.id, f"The step {step.id} names a fact that does not exist: {fact}."
        if step.stage in FREE_STAGES and set(step.needs) - {"screened"}:
            yield step.id, f"The step {step.id} is help, and help needs nothing but that she was screened."
        if step.form and step.form not in profile.forms:
            yield step.id, f"The step {step.id} names a form that does not exist: {step.form}."


def _clock_faults(profile: Profile) -> Iterator[Fault]:
    for rule in profile.clocks.values():
        if rule.stage not in STAGES:
            yield rule.id, f"The clock {rule.id} names a stage that does not exist: {rule.stage}."
        if not rule.hours and not rule.days:
            yield rule.id, f"The clock {rule.id} has no length."
        if rule.starts_on not in FACTS and "." not in rule.starts_on:
            yield rule.id, f"The clock {rule.id} starts on something nobody says: {rule.starts_on}."


def _form_faults(profile: Profile) -> Iterator[Fault]:
    for form in profile.forms.values():
        if form.stage not in STAGES or form.section not in SECTIONS:
            yield form.id, f"The form {form.id} names a stage or section that does not exist."
        seen: set[str] = set()
        for question in form.questions():
            if question.id in seen:
                yield (form.id, question.id), f"The form {form.id} asks {question.id} twice."
            seen.add(question.id)
            if question.section and question.section not in SECTIONS:
                yield (form.id, question.id), f"The question {question.id} names a section that does not exist."
            if question.kind in ("one", "many") and not question.options:
                yield (form.id, question.id), f"The question {question.id} has nothing to choose from."
            if question.when and question.when.question not in seen:
                yield (
                    (form.id, question.id),
                    f"The question {question.id} waits for one that comes later or not at all.",
                )


def _placed(files: list[Path], folder: Path, where: str | tuple[str, str], sentence: str) -> Problem:
    """The line on which the id stands, in the last file that states it: a country's comes after its base's."""
    *around, name = (where,) if isinstance(where, str) else where
    for file in reversed(files):
        lines = file.read_text(encoding="utf-8").splitlines()
        if all(_line_of(lines, other) for other in around) and (number := _line_of(lines, name)):
            return Problem(file.relative_to(folder).as_posix(), number, sentence)
    return Problem("profile.toml", 1, sentence)


def _line_of(lines: list[str], name: str) -> int:
    states = re.compile(rf'\s*(id|key)\s*=\s*"{re.escape(name)}"')
    return next((number for number, line in enumerate(lines, 1) if states.match(line)), 0)
