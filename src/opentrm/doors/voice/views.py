"""Her pages: short, without script, in her language. The digits live in the form only, and in no address or cookie.

After the digits a signed slip with ten minutes of life stands in a cookie of this browser session; pressing
"leave" takes it away.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from opentrm.feedback import cards, words
from opentrm.feedback.slips import card_of
from opentrm.kernel.errors import NotAllowed, NotFound, NotValid
from opentrm.kernel.text import LANGUAGES
from opentrm.node import current
from opentrm.referrals.actions import withdraw

SLIP, LIFE = "opentrm_slip", 600
ASKED = ("how", "promises", "safe", "heard", "decided", "words")
NEUTRAL = "https://www.wikipedia.org/"
Page = Callable[..., HttpResponse]


@require_http_methods(["GET", "HEAD", "POST"])
def door(request: HttpRequest) -> HttpResponse:
    """The digits."""
    language = _language(request)
    problem, status = "", 200
    if request.method == "POST":
        try:
            card = cards.enter(request.POST.get("digits", ""))
            return _with_slip(HttpResponseRedirect(reverse("voice:home")), card.id, language or card.language)
        except NotFound:
            problem, status = "voice.wrong_code", 400
        except NotAllowed:
            problem, status = "voice.too_many", 429
    return _show(request, "door", language or "en", status=status, problem=problem)


def with_card(page: Page) -> Page:
    """A page behind the digits; without a living slip she is asked for them again."""

    @wraps(page)
    def shown(request: HttpRequest) -> HttpResponse:
        try:
            slip = signing.loads(request.COOKIES.get(SLIP, ""), salt="voice", max_age=LIFE)
            card = card_of(slip["card"])
        except (signing.BadSignature, NotFound):
            return HttpResponseRedirect(reverse("voice:door"))
        answer = page(request, card, slip["language"])
        return _with_slip(answer, card.id, slip["language"])

    return shown


@require_safe
@with_card
def home(request: HttpRequest, card: Any, language: str) -> HttpResponse:
    """What she can do here."""
    return _show(request, "home", language)


@require_http_methods(["GET", "HEAD", "POST"])
@with_card
def answer(request: HttpRequest, card: Any, language: str) -> HttpResponse:
    """How it was, whether promises were kept; each question can be left out."""
    return _say(request, card, language, "answer", ASKED)


@require_http_methods(["GET", "HEAD", "POST"])
@with_card
def concern(request: HttpRequest, card: Any, language: str) -> HttpResponse:
    """A concern, read by an independent person."""
    return _say(request, card, language, "concern", ("words",))


@require_http_methods(["GET", "HEAD", "POST"])
@with_card
def stop(request: HttpRequest, card: Any, language: str) -> HttpResponse:
    """Stop sharing, at once. A person asks her safely before a journey is changed."""
    if request.method == "POST":
        withdraw.by_card(card.case)
        return _show(request, "done", language, said="voice.stopped")
    return _show(request, "stop", language)


@require_http_methods(["GET", "HEAD", "POST"])
@with_card
def replies(request: HttpRequest, card: Any, language: str) -> HttpResponse:
    """What was answered to her, with the word she chose. What she wrote herself is not shown again."""
    if request.method != "POST":
        return _show(request, "replies", language)
    try:
        return _show(
            request, "replies", language, asked=True, replies=words.replies(card, request.POST.get("second", ""))
        )
    except NotAllowed:
        return _show(request, "replies", language, status=429, problem="voice.too_many")


def leave(request: HttpRequest) -> HttpResponse:
    """One press: the slip is gone, and the browser is somewhere else."""
    gone = HttpResponseRedirect(NEUTRAL)
    gone.delete_cookie(SLIP, path="/v/")
    return gone


def _say(request: HttpRequest, card: Any, language: str, kind: str, asked: tuple[str, ...]) -> HttpResponse:
    if request.method != "POST":
        return _show(request, kind, language)
    try:
        said = {name: request.POST.get(name, "") for name in asked}
        words.say(card, kind, said, request.POST.get("second", ""))
    except NotValid:
        return _show(request, kind, language, status=400, problem="voice.empty", typed=request.POST)
    return _show(request, "done", language, said="voice.sent")


def _show(request: HttpRequest, page: str, language: str, *, status: int = 200, **context: Any) -> HttpResponse:
    texts, profile = current.texts(), current.profile()
    say = {name.replace(".", "_"): texts.say(name, language, phone=profile.emergency)
           for name in texts.ids() if name.startswith("voice.")}  # fmt: skip
    for key in ("problem", "said"):
        if context.get(key):
            context[key] = texts.say(context[key], language, phone=profile.emergency)
    checked = texts.approved("voice.title", language)
    given = {"say": say, "language": language, "languages": LANGUAGES.items(), "checked": checked, **context}
    return render(request, f"voice/{page}.html", given, status=status)


def _language(request: HttpRequest) -> str:
    wanted = request.POST.get("language") or request.GET.get("language") or ""
    return wanted if wanted in LANGUAGES else ""


def _with_slip(answer: HttpResponse, card_id: str, language: str) -> HttpResponse:
    slip = signing.dumps({"card": card_id, "language": language}, salt="voice")
    answer.set_cookie(SLIP, slip, path="/v/", httponly=True, samesite="Strict",
                      secure=current.home().url.startswith("https://"))  # fmt: skip
    return answer
