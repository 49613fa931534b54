"""``check-profile``: every problem of a profile, with its file and line."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

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
    return [_placed(files, needle, sentence) for needle, sentence in _faults(profile)]


def _faults(profile: Profile) -> Iterator[tuple[str, str]]:
    yield from _step_faults(profile)
    yield from _clock_faults(profile)
    yield from _form_faults(profile)
    for fact in profile.facts:
        if fact.confidence == "high" and fact.source is None:
            yield fact.key, f"The fact {fact.key} is marked high and names no source."


def _step_faults(profile: Profile) -> Iterator[tuple[str, str]]:
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


def _clock_faults(profile: Profile) -> Iterator[tuple[str, str]]:
    for rule in profile.clocks.values():
        if rule.stage not in STAGES:
            yield rule.id, f"The clock {rule.id} names a stage that does not exist: {rule.stage}."
        if not rule.hours and not rule.days:
            yield rule.id, f"The clock {rule.id} has no length."
        if rule.starts_on not in FACTS and "." not in rule.starts_on:
            yield rule.id, f"The clock {rule.id} starts on something nobody says: {rule.starts_on}."


def _form_faults(profile: Profile) -> Iterator[tuple[str, str]]:
    for form in profile.forms.values():
        if form.stage not in STAGES or form.section not in SECTIONS:
            yield form.id, f"The form {form.id} names a stage or section that does not exist."
        seen: set[str] = set()
        for question in form.questions():
            if question.id in seen:
                yield question.id, f"The form {form.id} asks {question.id} twice."
            seen.add(question.id)
            if question.section and question.section not in SECTIONS:
                yield question.id, f"The question {question.id} names a section that does not exist."
            if question.kind in ("one", "many") and not question.options:
                yield question.id, f"The question {question.id} has nothing to choose from."
            if question.when and question.when.question not in seen:
                yield question.id, f"The question {question.id} waits for one that comes later or not at all."


def _placed(files: list[Path], needle: str, sentence: str) -> Problem:
    for file in reversed(files):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            if f'"{needle}"' in line:
                return Problem(f"{file.parent.name}/{file.name}", number, sentence)
    return Problem("profile.toml", 1, sentence)
