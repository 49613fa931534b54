"""Stage ``refer``: one page that says where the referral stands, and what can be done now, on both sides."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from opentrm.cases.actions import consent
from opentrm.cases.filing import latest
from opentrm.cases.gate import OpenCase
from opentrm.doors.desk.buttons import LOOKS, PRESSES, buttons
from opentrm.doors.desk.fill import fill, press
from opentrm.doors.desk.frame import case_url, me, on_case, show
from opentrm.doors.desk.pages.capacity import capacity_form, known_for, read_capacity, warnings
from opentrm.doors.desk.pages.file import lines
from opentrm.doors.desk.talk import FACES, QUESTIONS, STATES, offer_lines, request_lines, say
from opentrm.federation.kinds import Kind
from opentrm.kernel.errors import NotFound, NotNow, Refused
from opentrm.node import current
from opentrm.protocol import Answers, Question
from opentrm.referrals import partners, queries
from opentrm.referrals.actions import arrive, ask, attend, disclose, risk, travel
from opentrm.referrals.find import of_case, open_one
from opentrm.ui.sheet import small_form

ALARMS = {
    "not_arrived": "She did not arrive. Telephone the other country now.",
    "call": "She has not said whether someone should still meet her. A person has to ask her safely.",
    "recall": "The other country ended it after she had come. Telephone.",
    "risk": "The two countries see the risk differently. The higher level stands; speak within two working days.",
    "meet": "She took her yes back and still wants to be met. Only the meeting details are kept.",
}


@on_case
@require_safe
def refer(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """Where it stands, what comes next, what was said."""
    return _page(request, opened)


def _page(request: HttpRequest, opened: OpenCase, fault: Refused | None = None) -> HttpResponse:
    referral = open_one(opened) or next(iter(of_case(opened)), None)
    declared, removal = latest(opened, "F-15a"), latest(opened, "F-15j")
    context: dict[str, Any] = {
        "referral": referral, "declared": lines(declared.form, declared.answers) if declared else [],
        "removal": lines(removal.form, removal.answers) if removal else [], "road": declared,
        "contacts": _arrival_contacts() if removal else [], "form_url": lambda form: case_url(opened, "form", form),
    }  # fmt: skip
    if referral is not None:
        context |= _referral(opened, referral)
    status = 409 if fault else 200
    return show(request, "refer", "Another country", opened, tab="refer", refusal=fault, status=status, **context)


def _referral(opened: OpenCase, referral: Any) -> dict[str, Any]:
    plan = latest(opened, "F-15c")
    return {
        "state": STATES.get((referral.side, referral.state), referral.state), "alarm": ALARMS.get(referral.alarm, ""),
        "buttons": buttons(opened, referral), "talk": [(line, FACES.get(line.said.kind, line.said.kind), say(line.said))
                                                       for line in queries.talk(referral)],
        "asked": request_lines(referral.request), "offer": offer_lines(referral.offer) if referral.offer else [],
        "standing": risk.standing(referral), "plan": lines(plan.form, plan.answers) if plan else [],
    }  # fmt: skip


@on_case
@require_http_methods(["POST"])
def act(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """The presses of the page."""
    name = request.POST.get("act", "")
    where = case_url(opened, "refer")
    if name in LOOKS:
        made: dict[str, Any] = {}

        def look() -> object:
            return made.update(shown=LOOKS[name](opened, actor=me(request)))

        done = press(
            request,
            look,
            done=where,
            said="Read every line before you send.",
            again=lambda f: _page(request, opened, f),
        )
        if "shown" in made:
            done["Location"] = reverse("desk:leaving", args=[opened.ref, made["shown"].id])
        return done
    if name == "attend":
        return press(request, lambda: attend.attend(opened, request.POST.get("referral", ""), actor=me(request)),
                     done=where, said="Written down.", again=lambda f: _page(request, opened, f))  # fmt: skip
    if name not in PRESSES:
        raise NotFound()
    do, said = PRESSES[name]
    return press(request, lambda: do(opened, actor=me(request)), done=where, said=said,
                 again=lambda f: _page(request, opened, f))  # fmt: skip


@on_case
@require_http_methods(["GET", "HEAD", "POST"])
def leaving(request: HttpRequest, opened: OpenCase, preview_id: str) -> HttpResponse:
    """Exactly what leaves, field by field, with its digest; then one press sends that and nothing else."""
    shown = disclose.preview_of(opened, preview_id)
    send = {"DISCLOSE": disclose.disclose, "TRAVEL_PLAN": travel.send_plan, "PROGRESS": arrive.send_progress}[
        shown.kind
    ]
    waits = opened.header.child and not shown.second
    page: dict[str, Any] = {
        "shown": shown,
        "lines": [(*line, disclose.asked_as(opened, line[1])) for line in disclose.lines(opened, shown)],
        "referral": shown.referral,
        "tab": "refer",
        "waits": waits,
    }

    def again(fault: Refused) -> HttpResponse:
        return show(request, "leaving", "What leaves", opened, status=409, refusal=fault, **page)

    if request.method != "POST":
        return show(request, "leaving", "What leaves", opened, **page)
    return press(request, lambda: send(opened, shown.id, request.POST.get("digest", ""), actor=me(request)),
                 done=case_url(opened, "refer"), said="Sent, exactly as you saw it.", again=again)  # fmt: skip


@on_case
@require_http_methods(["GET", "HEAD", "POST"])
def journey(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """Plan the journey (F-15c); the next page shows exactly what the other country will read."""
    before = latest(opened, "F-15c")

    def do(answers: Answers) -> str:
        shown = travel.plan(opened, answers, actor=me(request))
        return reverse("desk:leaving", args=[opened.ref, shown.id])

    return fill(request, opened.profile.form("F-15c"), do, done=case_url(opened, "refer"), opened=opened, tab="refer",
                said="Read every line before you send.", known=before.answers if before else None)  # fmt: skip


@on_case
@require_http_methods(["GET", "HEAD", "POST"])
def new_request(request: HttpRequest, opened: OpenCase, phoned: bool = False) -> HttpResponse:
    """Ask another country, without her name. Most of it is filled from the case already."""
    found = [p for p in partners.partners(confirmed=True) if not p.suspended]
    form = capacity_form(found, phoned=phoned)

    def do(answers: Answers) -> None:
        if not found:
            raise NotNow("No other country is connected yet. Your administrator can pair this node with another.")
        partner = next(p for p in found if p.node == answers.said("partner"))
        wanted = read_capacity(answers)
        if phoned:
            _spoken_consent(opened, answers, request)
        kind = "PHONED".lower() if phoned else answers.said("kind")
        ask.request(opened, partner, kind, wanted.capacity, wanted.spoken, actor=me(request))

    return fill(request, form, do, done=case_url(opened, "refer"), opened=opened, tab="refer", template="ask",
                said="Asked, without her name. The answer comes on this page.", phoned=phoned,
                known=known_for(opened, found), warnings=warnings(request, form))  # fmt: skip


def _spoken_consent(opened: OpenCase, answers: Answers, request: HttpRequest) -> None:
    if any(one.purpose.code == "ask_abroad" for one in consent.everything(opened) if one.live):
        return
    free = dict.fromkeys(consent.INVALID, "no")
    given = Answers.of("consent", teach_back=answers.said("her_words"), reading="read_aloud", proof="spoken", **free)
    language = opened.header.language if opened.header.language in ("ro", "sq", "bs", "cnr", "sr", "ru") else "en"
    consent.give(opened, "ask_abroad", given, actor=me(request), language=language)


@on_case
@require_http_methods(["GET", "HEAD", "POST"])
def counter(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """Ask for a change of the offer."""
    change = Question(id="change", ask="What would have to change?", kind="many", required=True, options=(
        ("dates", "The dates"), ("places", "The places"), ("conditions", "The conditions"), ("costs", "The costs"),
        ("languages", "The languages"), ("region", "The region"), ("organisation", "The organisation")))  # fmt: skip
    form = small_form("counter", "Ask for a change of the offer", change, button="Send")

    def do(answers: Answers) -> object:
        return ask.counter(opened, list(answers.many("change")), actor=me(request))

    return fill(request, form, do, done=case_url(opened, "refer"), said="Asked.", opened=opened, tab="refer")


@on_case
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """Answer what the other country asked. "Not said" is a full answer."""
    referral = open_one(opened)
    asked = queries.last_answer(referral, Kind.CLARIFY_ASK.value) if referral else None
    if asked is None:
        raise NotFound()
    options = (("yes", "Yes"), ("no", "No"), ("unknown", "Unknown"), ("not_said", "She does not say"))
    questions = [
        Question(id=code, ask=QUESTIONS.get(code, code), kind="one", options=options, required=True)
        for code in asked["questions"]
    ]
    form = small_form("reply", "Answer the other country", *questions, button="Send the answers")

    def do(answers: Answers) -> object:
        return ask.reply(opened, {q.id: answers.said(q.id) for q in questions}, actor=me(request))

    return fill(request, form, do, done=case_url(opened, "refer"), said="Answered.", opened=opened, tab="refer")


@on_case
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, opened: OpenCase) -> HttpResponse:
    """End the referral, with a coded reason."""
    reasons = (
        ("her_decision", "She decided otherwise"),
        ("other_road", "She takes another road"),
        ("risk", "The risk"),
        ("date_passed", "The date has passed"),
        ("place_lost", "The place is gone"),
        ("error", "A mistake"),
        ("agreed", "Both countries agree"),
    )
    reason = Question(id="reason", ask="Why does it end?", kind="one", options=reasons, required=True)
    form = small_form(
        "cancel",
        "End this referral",
        reason,
        button="End it",
        intro="Help here goes on. She can be referred again later.",
    )
    referral = open_one(opened)

    def do(answers: Answers) -> None:
        if referral is None:
            raise NotNow("No referral is going on in this case.")
        ask.cancel(opened, referral.id, answers.said("reason"), actor=me(request))

    return fill(
        request, form, do, done=case_url(opened, "refer"), said="Ended.", opened=opened, tab="refer", danger=True
    )


def _arrival_contacts() -> list[tuple[str, str]]:
    profile = current.profile()
    known = [(partner.owner, partner.country) for partner in partners.partners(confirmed=True)]
    return [*known, ("Emergency, everywhere in the region", profile.emergency)]
