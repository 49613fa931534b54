"""My work: what waits for a signature, what is due, what came in. Then the list of cases."""

from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_safe

from opentrm.cases import queries
from opentrm.cases.actions import screen
from opentrm.doors.desk.frame import me, show, staff
from opentrm.kernel import clock
from opentrm.kernel.words import STAGES
from opentrm.node import current
from opentrm.referrals import find
from opentrm.referrals import queries as referrals

WEEK = timedelta(days=7)
KINDS = {
    "risk": "Look at the early risk",
    "return_risk": "Look at the risk of return",
    "identification": "Look at the decision on identification",
    "disclosure": "Look at what would be sent",
    "ground": "Look at what was told on another ground",
}


@staff()
@require_safe
def work(request: HttpRequest) -> HttpResponse:
    """Everything that waits for the signed-in person, and what is due, honestly."""
    user = me(request)
    rules = current.profile().clocks
    soon = clock.now() + WEEK
    due = [
        (running, rules[running.rule].title, name)
        for running, name in queries.due_with_names(user, until=soon)
        if running.rule in rules
    ]
    looks = [(look, KINDS.get(look.kind, look.kind)) for look in queries.signatures_waiting(user)]
    return show(
        request,
        "work",
        "My work",
        due=due,
        later=queries.due_later(user, after=soon),
        looks=looks,
        intakes=screen.waiting(user),
        requests=find.requests_for(user),
        alarms=referrals.alarms(user),
        page=queries.worklist(user, closed=False, size=10),
    )


@staff()
@require_http_methods(["GET", "HEAD", "POST"])
def cases(request: HttpRequest) -> HttpResponse:
    """The signed-in person's cases, narrowed by stage and country; a name is searched by POST, never in an address."""
    user = me(request)
    name = request.POST.get("name", "").strip() if request.method == "POST" else ""
    stage, country, closed = (request.GET.get(key, "") for key in ("stage", "country", "closed"))
    stage = stage if stage in STAGES else ""
    if name:
        page = queries.search(user, name)
    else:
        page = queries.worklist(user, stage=stage, country=country[:2], closed=closed == "yes",
                                after=request.GET.get("after") or None)  # fmt: skip
    return show(request, "cases", "Cases", page=page, name=name, stage=stage, country=country, closed=closed,
                stages=STAGES, countries=COUNTRIES)  # fmt: skip


COUNTRIES = (("AL", "Albania"), ("BA", "Bosnia and Herzegovina"), ("MD", "Moldova"), ("ME", "Montenegro"),
             ("RO", "Romania"), ("RS", "Serbia"))  # fmt: skip
