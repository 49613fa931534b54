"""A node's first day: organisations, services, staff invited by one-time link, suspended, reset."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from opentrm.accounts import actions, queries
from opentrm.audit.record import Machine
from opentrm.directory import actions as directory
from opentrm.directory import queries as services_of
from opentrm.doors.desk.fill import fill, press
from opentrm.doors.desk.frame import me, show, staff
from opentrm.kernel.errors import NotFound, Refused
from opentrm.node import current
from opentrm.protocol import Answers, Question
from opentrm.ui.sheet import small_form


@staff("administrator")
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everybody who works here."""
    return show(request, "people", "Staff", people=queries.staff(), titles=_titles())


@staff("administrator")
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody; the page then shows their one-time link, once."""
    bodies = queries.organisations()
    form = small_form(
        "invite", "Invite somebody",
        Question(id="display_name", ask="Name", required=True),
        Question(id="username", ask="Sign-in name", required=True, hint="Small letters, such as milica.jovanovic"),
        Question(id="phone", ask="Office telephone", hint="With country code, such as +381 11 000 000"),
        Question(id="organisation", ask="Organisation", kind="one", required=True,
                 options=tuple((str(body.pk), body.name) for body in bodies)),
        _roles(), button="Make a one-time link",
    )  # fmt: skip
    made: dict[str, Any] = {}

    def act(answers: Answers) -> str:
        body = queries.organisation_of(answers.said("organisation"))
        user, token = actions.invite(
            answers.said("username"),
            answers.said("display_name"),
            body,
            answers.many("roles"),
            actor=me(request),
            phone=answers.said("phone"),
        )
        made.update(person=user, link=_link(token))
        return reverse("desk:people")

    answer = fill(request, form, act, done=reverse("desk:people"), said="Invited.", none=not bodies, template="invite")
    return show(request, "link", "One-time link", **made) if made else answer


@staff("administrator")
@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, pk: str) -> HttpResponse:
    """Change roles."""
    found = queries.user_of(pk)
    form = small_form("roles", found.display_name, _roles(), button="Change the roles")
    known = Answers.of("status", roles=tuple(sorted(found.roles)))

    def act(answers: Answers) -> None:
        actions.change_roles(found, answers.many("roles"), actor=me(request))

    return fill(request, form, act, done=reverse("desk:people"), said="Changed.", template="person", known=known,
                person=found)  # fmt: skip


@staff("administrator")
@require_http_methods(["POST"])
def press_person(request: HttpRequest, pk: str) -> HttpResponse:
    """Suspend, open again, or reset by a one-time link."""
    found = queries.user_of(pk)
    act = request.POST.get("act", "")
    if act == "reset":
        return show(request, "link", "One-time link", person=found,
                    link=_link(actions.reset_link(found, actor=me(request))))  # fmt: skip
    if act not in ("suspend", "reinstate"):
        raise NotFound()
    do = actions.suspend if act == "suspend" else actions.reinstate

    def again(fault: Refused) -> HttpResponse:
        return show(request, "people", "Staff", status=409, refusal=fault, people=queries.staff(), titles=_titles())

    return press(request, lambda: do(found, actor=me(request)), done=reverse("desk:people"), said="Done.", again=again)


@staff("administrator")
@require_http_methods(["GET", "HEAD", "POST"])
def organisations(request: HttpRequest) -> HttpResponse:
    """The bodies that work with this node."""
    kinds = tuple((body.id, body.title) for body in current.profile().bodies.values())
    form = small_form(
        "organisation", "Add an organisation", Question(id="name", ask="Name", required=True),
        Question(id="kind", ask="What kind?", kind="one", options=kinds, required=True),
        Question(id="phone", ask="Office telephone", hint="With country code"), button="Add",
    )  # fmt: skip

    def act(answers: Answers) -> None:
        actions.add_organisation(answers.said("name"), answers.said("kind"), answers.said("phone"), actor=me(request))

    return fill(request, form, act, done=reverse("desk:organisations"), said="Added.", template="organisations",
                title="Organisations", bodies=queries.organisations(), kinds=dict(kinds))  # fmt: skip


@staff()
@require_http_methods(["GET", "HEAD", "POST"])
def services(request: HttpRequest) -> HttpResponse:
    """The help there is, with places free as of a date; who may, adds to it."""
    profile = current.profile()
    bodies = queries.organisations()
    form = small_form(
        "service", "Add a service", Question(id="title", ask="Name of the service", required=True),
        Question(id="kind", ask="What kind?", kind="one", options=tuple(profile.services.items()), required=True),
        Question(id="organisation", ask="Organisation", kind="one", required=True,
                 options=tuple((str(body.pk), body.name) for body in bodies)),
        Question(id="for_whom", ask="For whom"), Question(id="languages", ask="Languages"),
        Question(id="town", ask="Town", hint="Never the address of a shelter."), button="Add",
    )  # fmt: skip

    def act(answers: Answers) -> None:
        directory.publish(
            queries.organisation_of(answers.said("organisation")),
            answers.said("kind"),
            answers.said("title"),
            actor=me(request),
            for_whom=answers.said("for_whom"),
            languages=answers.said("languages"),
            town=answers.said("town"),
        )

    may = me(request).holds("administrator", "supervisor", "contact_point")
    return fill(request, form, act, done=reverse("desk:services"), said="Added.", template="services",
                title="Help there is", services=services_of.services(), kinds=profile.services, may=may)  # fmt: skip


def link(request: HttpRequest, token: str) -> HttpResponse:
    """A one-time link: choose a password. It works once."""
    found = actions.link_for(token)
    form = small_form(
        "password", "Choose a password", Question(id="password", ask="A password of at least 15 signs", required=True,
                                                   hint="Four or five words that do not belong together are good."),
        button="Keep it", intro=f"For {found.user.display_name}.",
    )  # fmt: skip

    def act(answers: Answers) -> None:
        actions.set_password(token, answers.said("password"), actor=Machine("link"))

    return fill(request, form, act, done=reverse("account_login"), said="Sign in with your new password.",
                template="password")  # fmt: skip


def _roles() -> Question:
    options = tuple((role.id, role.title) for role in current.profile().roles.values())
    return Question(id="roles", ask="Roles", kind="many", options=options, required=True)


def _titles() -> dict[str, str]:
    return {role.id: role.title for role in current.profile().roles.values()}


def _link(token: str) -> str:
    return f"{current.home().url}/link/{token}/"
