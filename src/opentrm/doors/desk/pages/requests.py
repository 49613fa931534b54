"""Stage ``receive`` before there is a case: the contact point sends on; somebody offers, asks back, or says no."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from opentrm.accounts import queries as accounts
from opentrm.accounts.people import User
from opentrm.doors.desk.fill import fill
from opentrm.doors.desk.frame import me, show, staff
from opentrm.doors.desk.talk import DECLINES, FACES, NEEDS, QUESTIONS, TONGUES, offer_lines, request_lines, say
from opentrm.federation.bodies.offering import Contact, Offer
from opentrm.federation.fields import stamp
from opentrm.kernel import clock
from opentrm.kernel.errors import NotValid
from opentrm.protocol import Answers, Form, Group, Question
from opentrm.referrals import queries
from opentrm.referrals.actions import answer
from opentrm.referrals.find import request_for, requests_for
from opentrm.ui.sheet import small_form

ROLES = answer.ANSWERING


@staff(*ROLES)
@require_safe
def requests(request: HttpRequest) -> HttpResponse:
    """What other countries ask of us, the oldest first."""
    return show(request, "requests", "Requests", requests=requests_for(me(request)))


@staff(*ROLES)
@require_safe
def one(request: HttpRequest, referral_id: str) -> HttpResponse:
    """One request: coded, nobody's name; and what can be answered."""
    user = me(request)
    found = answer.read(request_for(user, referral_id), actor=user)
    return show(request, "request", "Request", referral=found, asked=request_lines(found.request),
                offer=offer_lines(found.offer) if found.offer else [],
                talk=[(line, FACES.get(line.said.kind, ""), say(line.said)) for line in queries.talk(found)],
                may_route=user.holds("contact_point"), may_answer=answer.may_answer(found))  # fmt: skip


@staff("contact_point")
@require_http_methods(["GET", "HEAD", "POST"])
def route(request: HttpRequest, referral_id: str) -> HttpResponse:
    """Ask an organisation here."""
    found = request_for(me(request), referral_id)
    bodies = accounts.organisations()
    to = Question(id="to", ask="Which organisation is asked?", kind="one", required=True,
                  options=tuple((str(body.pk), body.name) for body in bodies))  # fmt: skip
    form = small_form("route", "Ask an organisation here", to, button="Ask them")

    def do(given: Answers) -> object:
        return answer.route(found, accounts.organisation_of(given.said("to")), actor=me(request))

    return fill(request, form, do, done=_url(found), said="They see it on their list now.")


@staff(*ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HttpRequest, referral_id: str) -> HttpResponse:
    """Offer what is really there, with dates, and name the case manager who will have her."""
    user = me(request)
    found = request_for(user, referral_id)
    managers = list(accounts.holders("case_manager"))
    form = offer_form(managers, list(accounts.organisations()), found)

    def act(answers: Answers) -> None:
        manager = next(person for person in managers if str(person.pk) == answers.said("manager"))
        answer.offer(found, read_offer(answers, manager, answer.next_number(found)), manager, actor=user)

    return fill(
        request,
        form,
        act,
        done=reverse("desk:requests"),
        template="offer",
        title=form.title,
        said="Offered. The case is ready for her; her answer comes next.",
        asked=request_lines(found.request),
    )


@staff(*ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, referral_id: str) -> HttpResponse:
    """Ask back, in coded questions about the place."""
    found = request_for(me(request), referral_id)
    what = Question(id="questions", ask="What do you need to know?", kind="many", required=True,
                    options=tuple(QUESTIONS.items()))  # fmt: skip
    form = small_form("ask", "Ask back", what, button="Ask", intro="About the place, never about her.")

    def do(given: Answers) -> object:
        return answer.ask(found, list(given.many("questions")), actor=me(request))

    return fill(request, form, do, done=_url(found), said="Asked.")


@staff(*ROLES)
@require_http_methods(["GET", "HEAD", "POST"])
def decline(request: HttpRequest, referral_id: str) -> HttpResponse:
    """Say no, with a coded reason."""
    found = request_for(me(request), referral_id)
    why = Question(id="reason", ask="Why?", kind="one", required=True, options=tuple(DECLINES.items()))
    form = small_form("decline", "Say no", why, button="Say no")

    def do(given: Answers) -> object:
        return answer.decline(found, given.said("reason"), actor=me(request))

    return fill(request, form, do, done=reverse("desk:requests"), said="The other country knows.", danger=True)


def offer_form(managers: list[User], bodies: list[Any], found: Any) -> Form:
    """What an offer says. The services that were asked for stand first."""
    own = found.routed_to.name if found.routed_to else ""
    asked = found.request["capacity"]["needs"]
    order = sorted(NEEDS.items(), key=lambda pair: pair[0] not in asked)
    return Form(
        id="offer",
        version="1",
        title="Offer a place",
        stage="receive",
        section="referral",
        button="Offer",
        group=(
            Group(
                question=(
                    Question(
                        id="organisation",
                        ask="Which organisation will have her?",
                        kind="one",
                        required=True,
                        options=tuple((body.name, body.name) for body in bodies if not own or body.name == own),
                    ),
                    Question(
                        id="manager",
                        ask="Who will be her case manager?",
                        kind="one",
                        required=True,
                        options=tuple((str(p.pk), f"{p.display_name}, {p.organisation.name}") for p in managers),
                    ),
                    Question(id="places", ask="What is there", kind="many", options=tuple(order), required=True),
                    Question(id="free_from", ask="Free from", kind="date", required=True),
                    Question(id="free_until", ask="Until", kind="date", hint="Leave empty if it has no end."),
                    Question(
                        id="conditions",
                        ask="What is asked of her",
                        kind="long",
                        rows=2,
                        hint="One line each. For example: she may come and go.",
                    ),
                    Question(
                        id="languages",
                        ask="Languages spoken there",
                        kind="many",
                        required=True,
                        options=tuple(TONGUES.items()),
                    ),
                    Question(id="valid_until", ask="The offer holds until", kind="date", required=True),
                )
            ),
        ),
    )


def read_offer(answers: Answers, manager: User, number: int) -> Offer:
    """The offer as it crosses. Raises NotValid at the date that has to be mended."""
    begins = _day(answers.said("free_from"))
    ends = _day(answers.said("free_until")) if answers.said("free_until") else None
    until = _day(answers.said("valid_until"))
    if until <= clock.now():
        raise NotValid("The offer is over already.", {"valid_until": "Give a day after today."})
    if ends and ends <= begins:
        raise NotValid("The place ends before it begins.", {"free_until": "This is before it is free."})
    places = [{"service": service, "free_from": stamp(begins), "free_until": stamp(ends) if ends else None, "count": 1}
              for service in answers.many("places")]  # fmt: skip
    conditions = [line.strip()[:200] for line in answers.said("conditions").splitlines() if line.strip()][:12]
    phone = manager.phone or manager.organisation.phone
    if not phone:
        raise NotValid(
            "No telephone.", {"manager": "This case manager has no office telephone yet: ask your administrator."}
        )
    who = Contact(name=manager.display_name, role="Case manager", office_phone=phone)
    return Offer.read(
        {
            "n": number,
            "organisation": answers.said("organisation"),
            "places": places,
            "conditions": conditions,
            "costs": [],
            "languages": list(answers.many("languages"))[:8],
            "case_manager": who.to_json(),
            "alternate": None,
            "valid_until": stamp(until),
        }
    )


def _day(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC) + timedelta(hours=12)


def _url(found: Any) -> str:
    return reverse("desk:request", args=[found.id])
