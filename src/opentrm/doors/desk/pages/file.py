"""The case file, section by section, as far as the reader's role goes; and the timeline."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from opentrm.cases import queries
from opentrm.cases.filing import show as open_filing
from opentrm.cases.gate import OpenCase
from opentrm.doors.desk.events import sentence
from opentrm.doors.desk.frame import on_case, show
from opentrm.kernel.words import SECTIONS
from opentrm.protocol import Answers, Form
from opentrm.protocol.answers import SOURCES, STATES

TITLES = {
    "status": "Status",
    "identity": "Who she is",
    "contact": "Where she is, how to reach her",
    "account": "What happened",
    "needs": "Needs",
    "plan": "Plan and help",
    "health": "Health",
    "psychosocial": "Psychologist's notes",
    "legal": "Law",
    "risk": "Risk",
    "family": "Family",
    "travel": "Journey",
    "consent": "Consent",
    "referral": "Referrals",
}


@dataclass(frozen=True)
class Sheetlet:
    """One filled form as the file shows it."""

    title: str
    at: object
    by: object
    lines: list[tuple[str, str, str]]


def lines(form: Form | None, answers: Answers) -> list[tuple[str, str, str]]:
    """What was asked, what was said, and where it is known from."""
    if form is None:
        return [(name.replace("_", " "), _value(answer.value), "") for name, answer in answers.items()]
    return [
        (question.ask, STATES.get(answer.state) or _labels(question, answer.value), SOURCES.get(answer.source, ""))
        for question in form.questions()
        if (answer := answers.get(question.id)) is not None
    ]


@on_case
@require_safe
def file(request: HttpRequest, opened: OpenCase, section: str = "") -> HttpResponse:
    """One section, or the list of those this reader may open. What is masked is named, never decrypted."""
    cells = [(name, TITLES[name], opened.may(name, "read").effect) for name in SECTIONS if name in TITLES]
    sheets: list[Sheetlet] = []
    if section:
        for filing in queries.filings(opened, section):
            shown = open_filing(opened, filing)
            part = Answers({name: answer for name, answer in shown.answers.items() if answer.section == section})
            title = shown.form.title if shown.form else "From the other country"
            sheets.append(Sheetlet(title, filing.at, filing.by, lines(shown.form, part)))
    return show(request, "file", TITLES.get(section, "File"), opened, tab="file", cells=cells, section=section,
                sheets=sheets)  # fmt: skip


@on_case
@require_safe
def timeline(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """What happened in this case, newest first."""
    events = [(event, sentence(event.kind)) for event in queries.timeline(opened)]
    return show(request, "timeline", "Timeline", opened, tab="timeline", events=events)


def _labels(question: object, value: object) -> str:
    label = question.label_of  # type: ignore[attr-defined]
    if isinstance(value, tuple):
        return ", ".join(label(code) for code in value)
    return label(str(value)) if value else ""


def _value(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple | list) else str(value or "")
