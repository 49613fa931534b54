"""Stage ``consent``: what she was told, each small yes, and taking one back with its effects shown first."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_http_methods, require_safe

from opentrm.cases.actions import consent
from opentrm.cases.filing import latest
from opentrm.cases.gate import OpenCase
from opentrm.cases.purposes import PURPOSES, purpose
from opentrm.doors.desk.fill import fill
from opentrm.doors.desk.frame import case_url, me, on_case, show
from opentrm.doors.desk.pages.file import TITLES, lines
from opentrm.kernel.errors import Refused
from opentrm.kernel.text import LANGUAGES
from opentrm.node import current
from opentrm.protocol import Answers, Group, Question
from opentrm.referrals.actions import agree, withdraw
from opentrm.referrals.find import open_one

SPOKEN = {"sr": "sr-latn", "uk": "ru", "mk": "sr", "other": "en"}


@on_case
@require_safe
def consents(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """Her consents, the purposes she can still be asked about, and what she was told."""
    given = consent.everything(opened)
    live = {one.purpose.code for one in given if one.live}
    asks = [one for one in PURPOSES.values() if one.code not in live and set(one.needs) <= opened.facts]
    told = latest(opened, "F-03")
    return show(request, "consents", "Consent", opened, tab="consent", given=given, asks=asks,
                told=lines(told.form, told.answers) if told else [], titles=TITLES)  # fmt: skip


@on_case
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: HttpRequest, opened: OpenCase, code: str) -> HttpResponse:
    """One small yes (F-11): the text in her language, whether she is free to decide, what she understood."""
    wanted = purpose(code)
    language = _language(request, opened)
    texts, referral = current.texts(), open_one(opened)
    form = opened.profile.form("F-11")
    if code == "disclose":
        form = form.model_copy(
            update={"group": (Group(title="Which parts may go", question=(_sections(),)), *form.group)}
        )

    def act(answers: Answers) -> None:
        kept = Answers({name: answer for name, answer in answers.items() if name != "sections"})
        user = me(request)
        if wanted.bound or code in agree.SECTIONS:
            agree.give(opened, code, kept, answers.many("sections"), language, actor=user)
        else:
            consent.give(opened, code, kept, actor=user, language=language)

    return fill(request, form, act, done=case_url(opened, "consent"), said="Her yes is kept.", opened=opened,
                template="consent", tab="consent", title=wanted.title, text=texts.say(wanted.text, language),
                language=language, languages=LANGUAGES.items(), approved=texts.approved(wanted.text, language),
                offer=referral.offer if referral and wanted.bound else None, hidden={"language": language})  # fmt: skip


@on_case
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: HttpRequest, opened: OpenCase, consent_id: str) -> HttpResponse:
    """Taking a yes back: the page first says what that changes; then one press."""
    found = consent.consent_of(opened, consent_id)
    change = withdraw.foresee(opened, found)
    page: dict[str, Any] = {"change": change, "given": consent.shown(opened, found), "tab": "consent"}
    title = "Take this yes back"
    if request.method != "POST":
        return show(request, "withdraw", title, opened, **page)
    try:
        withdraw.withdraw(opened, found, "desk", request.POST.get("meeting", ""), actor=me(request))
    except Refused as fault:
        return show(request, "withdraw", title, opened, status=400, refusal=fault, **page)
    messages.success(request, "Taken back. Help goes on.")
    return HttpResponseRedirect(case_url(opened, "consent"))


def _sections() -> Question:
    options = tuple((name, TITLES[name]) for name in agree.MAY_GO)
    return Question(id="sections", ask="She agrees that these parts go to the place that offered", kind="many",
                    options=options, required=True, must="Choose at least one part, as she says.")  # fmt: skip


def _language(request: HttpRequest, opened: OpenCase) -> str:
    spoken = SPOKEN.get(opened.header.language, opened.header.language)
    said = request.POST.get("language") or request.GET.get("language") or spoken
    return said if said in LANGUAGES else "en"
