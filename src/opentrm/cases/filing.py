"""Filing a form: its answers go, section by section, under the key of the section they belong to."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from opentrm.cases.gate import OpenCase
from opentrm.cases.models import Filing, Record
from opentrm.kernel import clock
from opentrm.protocol import Answers, Form


@dataclass(frozen=True)
class Shown:
    """A filing as one reader may see it: its form, and the answers of the sections open to them."""

    filing: Filing
    form: Form | None
    answers: Answers
    hidden: tuple[str, ...] = ()


def file(opened: OpenCase, form_id: str, answers: Answers) -> Filing:
    """Keep the answers to a form. Sections the writer may not write are refused, not dropped."""
    form = opened.profile.form(form_id)
    filing = Filing.objects.create(
        case=opened.case,
        form=form.id,
        form_version=form.version,
        stage=form.stage,
        by=opened.user,
        at=clock.now(),
    )
    parts = {section: answers.for_section(section).as_json() for section in sections_of(form)}
    Record.objects.bulk_create(_record(opened, filing, section, part) for section, part in parts.items() if part)
    return filing


def _record(opened: OpenCase, filing: Filing, section: str, part: dict[str, Any]) -> Record:
    opened.check(section, "write")
    record = Record(filing=filing, section=section)
    record.sealed = opened.keys.seal(section, "record", record.id, part)
    return record


def sections_of(form: Form) -> tuple[str, ...]:
    """The sections of the case file that a form writes to, its own first."""
    asked = (question.section or form.section for group in form.groups for question in group.questions)
    return tuple(dict.fromkeys((form.section, *asked)))


def show(opened: OpenCase, filing: Filing) -> Shown:
    """Open a filing as far as the reader may. What may not be read is named, never decrypted."""
    parts: dict[str, Any] = {}
    hidden = []
    for record in filing.records.all():
        if opened.may(record.section, "read").effect in ("allow", "second"):
            parts.update(opened.keys.open(record.section, "record", record.id, record.sealed))
        else:
            hidden.append(record.section)
    return Shown(filing, opened.profile.forms.get(filing.form), Answers.from_json(parts), tuple(hidden))


def latest(opened: OpenCase, form_id: str) -> Shown | None:
    """The newest filing of a form in this case, as far as the reader may see it."""
    filing = (
        Filing.objects.filter(case=opened.case, form=form_id).prefetch_related("records").order_by("-at", "-id").first()
    )
    return show(opened, filing) if filing else None


def digest_of(filing: Filing) -> str:
    """SHA-256 over the sealed records of a filing: exactly what a second person signs."""
    lines = [f"{r.section}:{hashlib.sha256(bytes(r.sealed)).hexdigest()}" for r in filing.records.order_by("section")]
    return hashlib.sha256(json.dumps([filing.id, filing.form, *lines]).encode()).hexdigest()


def already_told(opened: OpenCase, form: Form) -> Answers:
    """What the case already knows of a form's questions, so that nobody asks or types it twice."""
    known: dict[str, Any] = {}
    wanted = {q.carried_from for g in form.groups for q in g.questions if q.carried_from}
    for source in {ref.split(".")[0] for ref in wanted if ref}:
        shown = latest(opened, source)
        if shown is None:
            continue
        for group in form.groups:
            for question in group.questions:
                if question.carried_from and question.carried_from.split(".")[0] == source:
                    told = shown.answers.as_json().get(question.carried_from.partition(".")[2])
                    if told is not None:
                        known[question.id] = told
    return Answers.from_json(known)
