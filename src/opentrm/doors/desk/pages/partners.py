"""Other countries' nodes: pairing by card and by digits read aloud; and this country's own facts."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from opentrm.doors.desk.fill import fill
from opentrm.doors.desk.frame import me, show, staff
from opentrm.federation.fields import from_base64, to_base64
from opentrm.federation.fingerprint import fingerprint
from opentrm.federation.refusal import NotAccepted
from opentrm.kernel.errors import NotValid, Refused
from opentrm.node import current
from opentrm.protocol import Answers, Question
from opentrm.referrals import identity
from opentrm.referrals import partners as pairing
from opentrm.ui.sheet import small_form

NO_CARD = "This is not a node's card. Copy the whole text of the file."
CARD = Question(id="card", ask="The other country's card", kind="long", rows=6, required=True,
                hint="The text of the file their administrator gave you.")  # fmt: skip


@staff("administrator", "contact_point")
@require_http_methods(["GET", "HEAD", "POST"])
def partners(request: HttpRequest) -> HttpResponse:
    """Partners, our own card and fingerprint, and taking in a card."""
    form = small_form("card", "Take in a card", CARD, button="Take it in")

    def act(answers: Answers) -> None:
        card = _card(answers.said("card"))
        try:
            pairing.add(card, actor=me(request))
        except NotAccepted as fault:
            raise NotValid(fault.reason, {"card": NO_CARD}) from fault

    shown = [(partner, pairing.fingerprint_of(partner)) for partner in pairing.partners()]
    own = fingerprint(identity.own_statement())
    return fill(
        request,
        form,
        act,
        done=reverse("desk:partners"),
        template="partners",
        title="Partners",
        partners=shown,
        said="Taken in. Now compare its digits on a line you called yourself.",
        own=own,
        card=to_base64(identity.signed_statement()),
    )


@staff("administrator", "contact_point", "supervisor")
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, node: str) -> HttpResponse:
    """Type the digits that the other country reads aloud."""
    found = pairing.partner_named(node)
    digits = Question(id="digits", ask="The eight digits they read to you", required=True,
                      hint="Call them yourself, on a number you know.")  # fmt: skip
    form = small_form("confirm", f"Confirm {found.owner}", digits, button="These are the digits")

    def act(answers: Answers) -> None:
        pairing.confirm(found, answers.said("digits"), actor=me(request))

    return fill(request, form, act, done=reverse("desk:partners"), said="This partner is trusted now.")


@staff()
@require_safe
def country(request: HttpRequest) -> HttpResponse:
    """This country's facts, each with its source and how far it may be trusted; conflicts both shown."""
    profile = current.profile()
    return show(request, "country", profile.name, profile=profile, facts=profile.facts, steps=profile.steps.values(),
                clocks=profile.clocks.values())  # fmt: skip


def _card(text: str) -> bytes:
    try:
        return from_base64("".join(text.split()))
    except Refused:
        raise NotValid("This is not a card.", {"card": NO_CARD}) from None
