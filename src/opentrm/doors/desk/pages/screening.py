"""Stage ``screen``: what is said aloud, F-01, the hand-over, the duty desk, the receipt."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from opentrm.accounts import queries as accounts
from opentrm.accounts.people import Organisation
from opentrm.cases.actions import screen
from opentrm.doors.desk.fill import fill
from opentrm.doors.desk.frame import me, show, staff
from opentrm.doors.desk.pages.file import lines
from opentrm.kernel.errors import NotNow
from opentrm.kernel.text import LANGUAGES
from opentrm.node import current
from opentrm.protocol import Answers, Question
from opentrm.ui.sheet import small_form

ALOUD = ("aloud.who", "aloud.report", "aloud.need_not", "aloud.stop")


@staff(*screen.FIRST_CONTACT)
@require_safe
def aloud(request: HttpRequest) -> HttpResponse:
    """Before any question: who I am, what I must report, what she need not tell me, in her language."""
    user = me(request)
    language = request.GET.get("language", "en")
    language = language if language in LANGUAGES else "en"
    texts = current.texts()
    said = [texts.say(name, language, name=user.display_name, organisation=user.organisation.name) for name in ALOUD]
    reports = [line for role in sorted(user.roles) for line in _reports(role)]
    return show(request, "aloud", "Before any question", said=said, reports=list(dict.fromkeys(reports)),
                language=language, languages=LANGUAGES.items())  # fmt: skip


@staff(*screen.FIRST_CONTACT)
@require_http_methods(["GET", "HEAD", "POST"])
def screening(request: HttpRequest) -> HttpResponse:
    """F-01, ending in a hand-over to a duty desk."""
    user = me(request)
    desks = accounts.duty_desks()
    extra = Question(id="to", ask="Hand over to", kind="one", required=True, must="Choose the duty desk.",
                     options=tuple((str(desk.pk), desk.name) for desk in desks))  # fmt: skip
    form = current.profile().form("F-01")
    group = form.group[-1].model_copy(update={"question": (*form.group[-1].question, extra)})
    form = form.model_copy(update={"group": (*form.group[:-1], group)})

    def act(answers: Answers) -> str:
        if not desks:
            raise NotNow("There is no duty desk on this node yet. Telephone, and tell your administrator.")
        to = next(desk for desk in desks if str(desk.pk) == answers.said("to"))
        kept = Answers({name: answer for name, answer in answers.items() if name != "to"})
        urgent = answers.said("danger") == "now"
        return receipt_url(screen.hand_over(kept, to, actor=user, urgent=urgent).receipt)

    return fill(request, form, act, done="/", said="Handed over. This is your receipt.", known=_only_desk(desks))


def receipt_url(receipt: str) -> str:
    """The page of one receipt."""
    return reverse("desk:receipts") + f"?new={receipt}"


@staff(*screen.FIRST_CONTACT)
@require_http_methods(["GET", "HEAD", "POST"])
def refused(request: HttpRequest) -> HttpResponse:
    """She wants nothing: one screen, no name, a tally, tonight's needs met, numbers given."""
    if request.method == "POST":
        screen.decline(actor=me(request))
        messages.success(request, "Counted. Nothing about her was kept.")
        return HttpResponseRedirect(reverse("desk:receipts"))
    profile = current.profile()
    return show(request, "refused", "She says no to everything", profile=profile,
                fine=current.texts().get("decline.fine").said)  # fmt: skip


@staff(*screen.FIRST_CONTACT)
@require_safe
def receipts(request: HttpRequest) -> HttpResponse:
    """What the officer handed over, and whether it was accepted. No more."""
    return show(request, "receipts", "My receipts", receipts=screen.receipts(me(request)),
                new=request.GET.get("new", ""))  # fmt: skip


@staff("duty_desk", "supervisor")
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """The screenings that wait for this duty desk."""
    return show(request, "waiting", "Duty desk", intakes=screen.waiting(me(request)))


@staff("duty_desk", "supervisor")
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, receipt: str) -> HttpResponse:
    """Read one screening, accept it and name the case manager."""
    user = me(request)
    intake = screen.intake_for(user, receipt)
    if intake.accepted_at is not None:
        return show(request, "accepted", "Accepted", intake=intake)
    managers = accounts.holders("case_manager").filter(organisation=user.organisation)
    question = Question(id="manager", ask="Who will be her case manager?", kind="one", required=True,
                        options=tuple((str(person.pk), person.display_name) for person in managers))  # fmt: skip
    answers = screen.read(intake, actor=user)
    form = small_form("accept", "Accept this screening", question, button="Accept and hand on")

    def act(given: Answers) -> str | None:
        manager = next(person for person in managers if str(person.pk) == given.said("manager"))
        screen.accept(intake, manager, actor=user)
        return None

    return fill(request, form, act, done=reverse("desk:waiting"), said="Accepted. The case manager has it now.",
                template="accept", intake=intake, lines=lines(current.profile().form("F-01"), answers))  # fmt: skip


def _reports(role: str) -> tuple[str, ...]:
    found = current.profile().roles.get(role)
    return found.reports if found else ()


def _only_desk(desks: list[Organisation]) -> Answers:
    return Answers.of("status", to=str(desks[0].pk)) if len(desks) == 1 else Answers({})
