"""The team of a case: who works on it, in which role."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from opentrm.accounts import queries as accounts
from opentrm.cases.actions import team
from opentrm.cases.gate import OpenCase
from opentrm.doors.desk.fill import fill, press
from opentrm.doors.desk.frame import case_url, me, on_case, show
from opentrm.kernel.errors import NotFound, Refused
from opentrm.node import current
from opentrm.protocol import Answers, Form, Question
from opentrm.ui.sheet import Sheet, small_form


@on_case
@require_http_methods(["GET", "HEAD", "POST"])
def members(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """The team, and putting somebody on it."""

    def act(answers: Answers) -> None:
        person, role = answers.said("who").split(":")
        team.add(opened, accounts.user_of(person), role, actor=me(request))

    return fill(
        request,
        _form(opened),
        act,
        done=case_url(opened, "team"),
        said="They can work on it now.",
        opened=opened,
        template="team",
        tab="team",
        title="Team",
        members=_members(opened),
    )


@on_case
@require_http_methods(["POST"])
def leave(request: HttpRequest, opened: OpenCase, pk: str) -> HttpResponse:
    """Take somebody off the team, or name them case manager."""
    person = next((one.user for one in team.members(opened) if str(one.user_id) == pk), None)
    if person is None:
        raise NotFound()
    act = team.name_manager if "manager" in request.POST else team.remove

    def again(fault: Refused) -> HttpResponse:
        return show(request, "team", "Team", opened, tab="team", status=409, refusal=fault, sheet=Sheet(_form(opened)),
                    members=_members(opened))  # fmt: skip

    return press(request, lambda: act(opened, person, actor=me(request)), done=case_url(opened, "team"),
                 said="Written down.", again=again)  # fmt: skip


def _members(opened: OpenCase) -> list[tuple[object, str]]:
    roles = current.profile().roles
    return [(one, ", ".join(roles[role].title for role in one.roles.split(",") if role in roles))
            for one in team.members(opened)]  # fmt: skip


def _form(opened: OpenCase) -> Form:
    roles = current.profile().roles
    people = accounts.holders(*team.TEAM_ROLES).order_by("display_name")
    options = tuple((f"{person.pk}:{role}", f"{person.display_name}, {roles[role].title} ({person.organisation.name})")
                    for person in people for role in sorted(person.roles) if role in team.TEAM_ROLES)  # fmt: skip
    who = Question(id="who", ask="Who, in which role?", kind="one", required=True, options=options)
    return small_form("team", "Put somebody on the team", who, button="Add to the team")
