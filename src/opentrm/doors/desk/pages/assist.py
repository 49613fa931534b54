"""Stage ``assist``: help offered, her answer, help given; promises that were not kept show as ours, not hers."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from opentrm.cases.actions import assist
from opentrm.cases.filing import latest
from opentrm.cases.gate import OpenCase
from opentrm.directory import queries as directory
from opentrm.doors.desk.fill import fill, press
from opentrm.doors.desk.frame import case_url, me, on_case, show
from opentrm.doors.desk.pages.file import lines
from opentrm.kernel import clock
from opentrm.kernel.errors import NotNow, Refused
from opentrm.protocol import Answers
from opentrm.referrals.find import open_one
from opentrm.ui.sheet import Sheet

SAYS = {"accepted": "She says yes", "declined": "She says no", "later": "Later"}


@on_case
@require_http_methods(["GET", "HEAD", "POST"])
def helps(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """Offer help, and the help offered so far."""
    form = opened.profile.form("F-12")

    def act(answers: Answers) -> None:
        promised = answers.said("promised_for")
        assist.offer(opened, answers.said("service"), answers.said("words"),
                     promised_for=date.fromisoformat(promised) if promised else None, actor=me(request))  # fmt: skip

    return fill(request, form, act, done=case_url(opened, "assist"), said="Offered. She can say yes, no or later.",
                template="helps", tab="assist", title="Help", opened=opened, **_around(opened))  # fmt: skip


def _around(opened: OpenCase) -> dict[str, Any]:
    progress = latest(opened, "F-17")
    return {
        "helps": [(one, opened.profile.services.get(one.service, one.service), assist.NEXT[one.offer.state])
                  for one in assist.helps(opened)],
        "services": directory.services(), "says": SAYS,
        "progress": lines(progress.form, progress.answers) if progress else [],
        "abroad": (referral := open_one(opened)) is not None and referral.side == "destination",
    }  # fmt: skip


@on_case
@require_http_methods(["POST"])
def answer(request: HttpRequest, opened: OpenCase, offer_id: str) -> HttpResponse:
    """Her answer to one offer, or that the help came today."""
    made = assist.offer_of(opened, offer_id)
    state = request.POST.get("state", "")

    def act() -> object:
        if state == "given":
            return assist.give(opened, made, clock.today(opened.profile.zone), actor=me(request))
        if state not in SAYS:
            raise NotNow("Choose one of the answers on the page.")
        return assist.answer(opened, made, state, request.POST.get("reason", ""), actor=me(request))

    def again(fault: Refused) -> HttpResponse:
        return show(request, "helps", "Help", opened, tab="assist", status=409, refusal=fault,
                    sheet=Sheet(opened.profile.form("F-12")), **_around(opened))  # fmt: skip

    return press(request, act, done=case_url(opened, "assist"), said="Written down.", again=again)
