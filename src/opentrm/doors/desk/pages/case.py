"""A case: its overview, the forms of its stages, and the second look."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from opentrm.cases import queries
from opentrm.cases.actions import assess, assist, consent, ground, identify, plan, second, write
from opentrm.cases.actions import close as closing
from opentrm.cases.filing import already_told, digest_of, latest
from opentrm.cases.filing import show as open_filing
from opentrm.cases.gate import OpenCase
from opentrm.doors.desk.fill import fill
from opentrm.doors.desk.frame import case_url, me, on_case, show
from opentrm.doors.desk.pages.file import lines
from opentrm.kernel.errors import NotFound
from opentrm.protocol import Answers, Form, Question, engine
from opentrm.referrals.actions import arrive, ask, disclose, risk, travel
from opentrm.referrals.find import of_case
from opentrm.ui.sheet import small_form


@dataclass(frozen=True)
class Act:
    """What a form's button does, which page comes after, and what is said."""

    do: Callable[..., Any]
    tab: str
    said: str


ACTS = {
    "F-03": Act(consent.inform, "consent", "Kept what she was told."),
    "F-05": Act(identify.assess_risk, "identify", "Kept. A second person has been asked to look."),
    "F-09": Act(identify.decide, "identify", "Kept. It counts when a second person has signed it."),
    "F-25": Act(ground.use, "identify", "Kept. A second person has been asked to look."),
    "F-10": Act(assess.assess, "assess", "Her needs are kept."),
    "F-14": Act(plan.plan, "plan", "The plan is kept."),
    "F-17": Act(assist.monitor, "assist", "Kept how she is now."),
    "F-15a": Act(ask.declare, "refer", "Her decision is kept."),
    "F-05b": Act(risk.score, "refer", "Kept. It goes to the other country when a second person has signed."),
    "F-15d": Act(travel.news, "refer", "The other country is told."),
    "F-15f": Act(arrive.arrived, "refer", "The first country learns that she arrived."),
    "F-15e": Act(arrive.hand_over, "refer", "Signed. This country is responsible for her now."),
    "F-15j": Act(travel.record_removal, "refer", "Kept. Give her the arrival contacts below."),
    "F-18": Act(arrive.close, "overview", "The case is closed. The door stays open."),
}
LISTS = {
    "identify": ("F-05", "F-09", "F-08", "F-06", "F-07", "F-19", "F-25"),
    "assess": ("F-10", "F-10p"),
    "plan": ("F-14", "F-02", "F-16", "F-21"),
    "consent": ("F-03", "F-04"),
}
HELPS = {"assess": "Her needs", "plan": "The plan", "identify": "Risk and status"}


@on_case
@require_safe
def overview(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """The case at a glance: what is due, what comes next and what stands in the way, what happened last."""
    facts = opened.facts
    clocks = [(clock, opened.profile.clocks[clock.rule]) for clock in queries.clocks_of(opened)
              if clock.rule in opened.profile.clocks]  # fmt: skip
    steps = [(step, engine.is_done(step, facts), engine.why_not(step, facts)) for step in _road(opened)]
    return show(request, "overview", "Overview", opened, tab="overview", clocks=clocks, steps=steps,
                looks=second.waiting(opened), urls=_urls(opened))  # fmt: skip


def _road(opened: OpenCase) -> list[Any]:
    came = bool([r for r in of_case(opened) if r.side == "destination"])
    hidden = {"receive"} if not came else {"refer"}
    return [step for step in opened.profile.steps.values() if step.stage not in hidden]


def _urls(opened: OpenCase) -> dict[str, str]:
    places = {"screen": "file", "receive": "refer"}
    stages = {step.stage for step in opened.profile.steps.values()}
    return {stage: case_url(opened, places.get(stage, stage)) for stage in stages}


@on_case
@require_safe
def stage(request: HttpRequest, opened: OpenCase, name: str) -> HttpResponse:
    """The forms of a stage: the newest of each, and a button to fill in a new one."""
    forms = (opened.profile.form(form) for form in LISTS[name])
    found = [(form, latest(opened, form.id)) for form in forms if _concerns(opened, form)]
    sheets = [(form, shown, lines(form, shown.answers) if shown else []) for form, shown in found]
    return show(request, "stage", HELPS[name], opened, tab=name, sheets=sheets, looks=second.waiting(opened))


def _concerns(opened: OpenCase, form: Form) -> bool:
    """Whether this reader may write the form, or read what others wrote with it."""
    return "allow" in (opened.may(form.section, "write").effect, opened.may(form.section, "read").effect)


@on_case
@require_http_methods(["GET", "HEAD", "POST"])
def form(request: HttpRequest, opened: OpenCase, form_id: str) -> HttpResponse:
    """Fill in one form of the profile; what the case already knows stands in it."""
    wanted = opened.profile.form(form_id)
    act = ACTS.get(form_id)
    user = me(request)

    def do(answers: Answers) -> None:
        if act is None:
            write.write(opened, form_id, answers, actor=user)
        else:
            act.do(opened, answers, actor=user)

    known = Answers({**already_told(opened, wanted), **_before(opened, form_id)})
    tab = act.tab if act else "file"
    return fill(request, wanted, do, done=case_url(opened, tab), said=act.said if act else "Kept in the file.",
                opened=opened, known=known, tab=tab)  # fmt: skip


def _before(opened: OpenCase, form_id: str) -> Answers:
    """The newest filing of the same form: it is changed, not typed again."""
    if form_id in ("F-09", "F-11", "F-25", "F-15f", "F-15e", "F-18", "F-15d", "F-05b"):
        return Answers({})
    shown = latest(opened, form_id)
    return shown.answers if shown else Answers({})


@on_case
@require_http_methods(["GET", "HEAD", "POST"])
def second_look(request: HttpRequest, opened: OpenCase, look_id: str) -> HttpResponse:
    """Look at what a colleague wrote, and sign it or send it back with a reason."""
    asked = next((one for one in second.waiting(opened) if one.id == look_id), None)
    if asked is None:
        raise NotFound()
    text, digest = _what(opened, asked)
    agrees = Question(id="agrees", ask="Do you agree?", kind="one", required=True,
                      options=(("yes", "Yes, I sign it"), ("no", "No, it has to change")))  # fmt: skip
    note = Question(id="note", ask="If not: what should change?", kind="long")
    seen = request.POST.get("digest", digest)
    sheet = small_form("second", "Second look", agrees, note, button="Sign")

    def act(answers: Answers) -> None:
        second.look(opened, asked, answers.said("agrees") == "yes", seen, answers.said("note"), actor=me(request))

    return fill(request, sheet, act, done=case_url(opened), said="Written down.", opened=opened, template="second",
                asked=asked, lines=text, hidden={"digest": digest})  # fmt: skip


def _what(opened: OpenCase, asked: Any) -> tuple[list[tuple[str, str, str]], str]:
    if asked.kind == "disclosure":
        leaving = disclose.preview_of(opened, asked.about)
        return [
            (f"{section}: {name}", value, "") for section, name, value in disclose.lines(opened, leaving)
        ], leaving.digest
    filing = queries.filing_of(opened, asked.about)
    shown = open_filing(opened, filing)
    return lines(shown.form, shown.answers), digest_of(filing)


@on_case
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """Close the case with a reason and an open door, or open it again: no reason is asked of her."""
    if opened.case.closed_at is not None:
        again = small_form("reopen", "Open the case again", button="Open it again")
        return fill(request, again, lambda _: closing.reopen(opened, actor=me(request)), done=case_url(opened),
                    said="The case is open again.", opened=opened, tab="close")  # fmt: skip
    return fill(
        request,
        opened.profile.form("F-18"),
        lambda given: arrive.close(opened, given, actor=me(request)),
        done=case_url(opened),
        said=ACTS["F-18"].said,
        opened=opened,
        tab="close",
        danger=True,
    )
