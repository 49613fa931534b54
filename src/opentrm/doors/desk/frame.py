"""What every staff page has round it: who is signed in, what waits, which case is open."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from opentrm.accounts.people import User
from opentrm.cases import queries
from opentrm.cases.actions import screen
from opentrm.cases.gate import OpenCase, case_for
from opentrm.feedback import queries as feedback
from opentrm.kernel.errors import NotAllowed, Refused
from opentrm.node import current
from opentrm.referrals import find, partners

Page = Callable[..., HttpResponse]
WORKING = ("case_manager", "second_professional", "supervisor", "identification_authority", "shelter_worker", "health",
           "psychologist", "lawyer", "guardian", "contact_point")  # fmt: skip
RISK = {"high": "red", "very_high": "red", "medium": "orange", "low": "green", "unknown": "grey"}
STATUS = {
    "potential": ("Potential", "grey"), "presumed": ("Presumed", "blue"), "identified": ("Identified", "turquoise"),
    "not_identified": ("Not identified", "grey"),
}  # fmt: skip
TABS = (
    ("overview", "Overview"), ("consent", "Consent"), ("identify", "Risk and status"), ("assess", "Needs"),
    ("plan", "Plan"), ("assist", "Help"), ("refer", "Another country"), ("listen", "Her voice"), ("team", "Team"),
    ("file", "File"), ("timeline", "Timeline"), ("close", "Close"),
)  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One line of a navigation."""

    label: str
    url: str
    current: bool = False
    count: int = 0


def me(request: HttpRequest) -> User:
    """The signed-in member of staff; a page behind ``staff`` has one."""
    user = request.user
    if not isinstance(user, User):
        raise NotAllowed("Sign in first.")
    return user


def staff(*roles: str) -> Callable[[Page], Page]:
    """A page for signed-in staff; with roles, for holders of one of them only. Others find nothing there."""

    def decorate(page: Page) -> Page:
        @login_required
        @wraps(page)
        def shown(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
            if roles and not me(request).holds(*roles):
                return render(request, "404.html", status=404)
            return page(request, *args, **named)

        return shown

    return decorate


def on_case(page: Page) -> Page:
    """A page of one case: the gate opens it, or it does not exist."""

    @staff()
    @wraps(page)
    def shown(request: HttpRequest, ref: str, *args: Any, **named: Any) -> HttpResponse:
        return page(request, case_for(me(request), ref), *args, **named)

    return shown


def show(
    request: HttpRequest, template: str, title: str, opened: OpenCase | None = None, *, tab: str = "",
    status: int = 200, refusal: Refused | None = None, **context: Any,
) -> HttpResponse:  # fmt: skip
    """Render a staff page with everything round it."""
    given = {"title": title, "desk": _desk(request, counted=opened is None), **context}
    if opened is not None:
        given |= _case(opened, tab)
    if refusal is not None:
        given |= {"refusal": refusal.reason, "refusal_url": _way(refusal, opened)}
    return render(request, f"desk/{template}.html", given, status=status)


def case_url(opened: OpenCase, tab: str = "overview", *more: str) -> str:
    """The address of a page of a case."""
    if tab == "overview":
        return reverse("desk:case", args=[opened.ref])
    return reverse(f"desk:{tab}", args=[opened.ref, *more])


def _desk(request: HttpRequest, *, counted: bool) -> dict[str, Any]:
    """The frame of a page. What waits is counted on the lists, not on every page of a case."""
    user: Any = request.user
    home = current.home()
    entries = [entry for entry in _entries(user, counted=counted) if entry is not None] if user.is_authenticated else []
    path = request.path
    nav = [Entry(e.label, e.url, path == e.url or (e.url != "/" and path.startswith(e.url)), e.count) for e in entries]
    return {"node": home.name, "demo": home.demo, "nav": nav}


def _entries(user: Any, *, counted: bool) -> list[Entry | None]:
    first = user.holds(*screen.FIRST_CONTACT)
    desk, answers = user.holds("duty_desk", "supervisor"), user.holds("contact_point", "supervisor", "case_manager")
    admin, works = user.holds("administrator"), user.holds(*WORKING)
    return [
        _entry("My work", "work", True, works and counted, lambda: len(queries.signatures_waiting(user))),
        _entry("New screening", "screen", first),
        _entry("My receipts", "receipts", first),
        _entry("Duty desk", "waiting", desk, counted, lambda: len(screen.waiting(user))),
        _entry("Cases", "cases", works),
        _entry("Requests", "requests", answers, counted, lambda: len(find.requests_for(user))),
        _entry("Her words", "words", user.holds("feedback_reviewer"), counted, feedback.unread_count),
        _entry("Help there is", "services", True),
        _entry("Staff", "people", admin),
        _entry("Organisations", "organisations", admin),
        _entry("Partners", "partners", admin or user.holds("contact_point")),
        _entry("This country", "country", True),
    ]


def _entry(
    label: str, name: str, shown: bool, counted: bool = False, count: Callable[[], int] = lambda: 0
) -> Entry | None:
    return Entry(label, reverse(f"desk:{name}"), count=count() if counted else 0) if shown else None


def _case(opened: OpenCase, tab: str) -> dict[str, Any]:
    name = opened.header.name if opened.may("identity", "read").effect == "allow" else ""
    nav = [Entry(label, case_url(opened, key), key == tab) for key, label in TABS]
    return {"opened": opened, "opened_name": name, "opened_nav": nav, "opened_chips": _chips(opened),
            "opened_custody": custody_of(opened)}  # fmt: skip


def custody_of(opened: OpenCase) -> str:
    """Who is responsible for her now, by name."""
    if not opened.case.custody:
        return "The country that asked"
    if opened.case.custody == current.home().id:
        return current.home().name
    found = [p.owner for p in partners.partners() if p.node == opened.case.custody]
    return found[0] if found else opened.case.custody


def _chips(opened: OpenCase) -> list[tuple[str, str]]:
    header = opened.header
    chips = [STATUS.get(opened.case.status, (opened.case.status, "grey"))]
    if header.risk and opened.may("risk", "read").effect == "allow":
        signed = "" if "risk.assessed" in opened.facts else ", not signed yet"
        chips.append((f"Risk: {header.risk.replace('_', ' ')}{signed}", RISK.get(header.risk, "grey")))
    if header.child:
        chips.append(("Child", "purple"))
    if "asylum" in opened.facts:
        chips.append(("Asks for asylum: no contact with her state", "red"))
    if "handed_over" in opened.facts:
        chips.append(("Handed over", "green"))
    if opened.case.closed_at:
        chips.append(("Closed", "grey"))
    return chips


def _way(refusal: Refused, opened: OpenCase | None) -> str:
    places = {"screen": "overview", "receive": "refer"}
    step = places.get(refusal.step or "", refusal.step)
    known = {key for key, _ in TABS}
    return case_url(opened, step) if opened is not None and step in known else ""
