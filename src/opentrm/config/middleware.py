"""What every answer has in common: no copy left behind, a language, and refusals said plainly."""

import logging
import traceback
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation

from opentrm.kernel import errors
from opentrm.kernel.text import LANGUAGES
from opentrm.node import current

log = logging.getLogger("opentrm.pages")
Answer = Callable[[HttpRequest], HttpResponse]
STATUS = {
    "not-allowed": 403,
    "not-found": 404,
    "not-now": 409,
    "not-valid": 400,
    "needs-second": 409,
    "refused": 409,
}


def quiet_pages(answer: Answer) -> Answer:
    """Pages are never kept by a browser or proxy; static files may be."""

    def respond(request: HttpRequest) -> HttpResponse:
        response = answer(request)
        if not request.path.startswith("/static/"):
            response["Cache-Control"] = "no-store"
        response.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return respond


def language(answer: Answer) -> Answer:
    """Staff pages speak English for now; her pages choose for themselves."""

    def respond(request: HttpRequest) -> HttpResponse:
        wanted = request.COOKIES.get(f"{_cookie()}", "en")
        zone = ZoneInfo(current.profile().zone)
        with translation.override(wanted if wanted in LANGUAGES else "en"), timezone.override(zone):
            request.LANGUAGE_CODE = translation.get_language() or "en"
            return answer(request)

    return respond


def _cookie() -> str:
    from django.conf import settings

    return str(settings.LANGUAGE_COOKIE_NAME)


def refusals(answer: Answer) -> Answer:
    """Show a refusal that no page caught as a plain page with the reason and the way on."""

    class Catch:
        def __call__(self, request: HttpRequest) -> HttpResponse:
            return answer(request)

        def process_view(self, *_: object) -> None:
            return None

        def process_exception(self, request: HttpRequest, fault: Exception) -> HttpResponse | None:
            if not isinstance(fault, errors.Refused):
                _log(fault)
                return None
            status = STATUS.get(fault.code, 409)
            page = f"{status}.html" if status in (403, 404) else "ui/refused.html"
            return render(request, page, {"refusal": fault}, status=status)

    return Catch()


def _log(fault: Exception) -> None:
    """Where it broke, and how; never what was in hand, which may be about a person."""
    frames = traceback.extract_tb(fault.__traceback__)
    where = " < ".join(f"{Path(frame.filename).name}:{frame.lineno}" for frame in reversed(frames[-8:]))
    log.error("a page broke: %s at %s", type(fault).__name__, where)
