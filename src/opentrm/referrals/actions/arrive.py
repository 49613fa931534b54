"""The destination: she arrived, or did not; the handover; news she agreed to; the end."""

from datetime import datetime, timedelta

from opentrm.accounts.models import User
from opentrm.cases.actions import close as closing
from opentrm.cases.filing import file, latest
from opentrm.cases.gate import OpenCase
from opentrm.cases.models import Clock, Filing
from opentrm.cases.step import step
from opentrm.federation.bodies.journey import Arrived, Close, HandoverConfirmed, NotArrived
from opentrm.federation.bodies.offering import Contact
from opentrm.federation.fields import stamp
from opentrm.federation.kinds import Kind
from opentrm.kernel import clock
from opentrm.kernel.errors import NotNow
from opentrm.protocol import Answers
from opentrm.referrals.actions.disclose import keep, send
from opentrm.referrals.exchange import can_send, post
from opentrm.referrals.find import open_one, the_open_one
from opentrm.referrals.models import Preview, Referral

CLOSING = {"goals_met", "her_wish", "moved", "lost_contact", "another_service"}
KEPT = timedelta(days=5 * 365)


@step("arrival.confirmed", stage="receive", section="travel", needs=("received",), gives=("arrived",))
def arrived(opened: OpenCase, answers: Answers, *, actor: User) -> Filing:
    """She is here: the first country learns it at once."""
    filing = file(opened, "F-15f", answers)
    body = Arrived.read({"at": stamp(clock.now()), "met": answers.said("met") == "yes",
                         "unhurt": answers.said("unhurt")})  # fmt: skip
    post(the_open_one(opened), Kind.ARRIVED, body, by=actor, held=opened)
    return filing


@step("arrival.missed", stage="receive", section="travel", needs=("received",))
def not_arrived(opened: OpenCase, *, actor: User) -> Referral:
    """She did not come: people on both sides telephone now."""
    referral = the_open_one(opened)
    body = NotArrived(expected_at=_expected(opened), last_sign=None, calling=contact(actor))
    post(referral, Kind.NOT_ARRIVED, body, by=actor, held=opened)
    return referral


@step("handover.signed", stage="assist", section="travel", needs=("arrived",), gives=("handed_over",))
def hand_over(opened: OpenCase, answers: Answers, *, actor: User) -> Filing:
    """Sign: from now on this country is responsible for her."""
    filing = file(opened, "F-15e", answers)
    body = HandoverConfirmed.read({
        "at": stamp(clock.now()), "place_code": answers.said("place_code"), "case_manager": contact(actor).to_json(),
        "she_confirmed": answers.said("she_confirmed"),
    })  # fmt: skip
    post(the_open_one(opened), Kind.HANDOVER_CONFIRMED, body, by=actor, held=opened)
    return filing


@step("progress.previewed", stage="assist", section="referral", action="send", needs=("consent.progress",))
def preview_progress(opened: OpenCase, *, actor: User) -> Preview:
    """Show the marks that would go to the first country: levels, no story."""
    shown = latest(opened, "F-17")
    if shown is None:
        raise NotNow("Write down how she is now first (F-17).", step="assist")
    levels = {
        name: int(shown.answers.said(name)) for name, answer in shown.answers.items() if _is_level(name, answer.value)
    }
    fields = {"month": int(shown.answers.said("month") or 0), "in_care": True, "levels": levels, "risk_changed": False}
    return keep(opened, the_open_one(opened), Kind.PROGRESS, {"plan": fields}, actor=actor)


@step("progress.sent", stage="assist", section="referral", action="send", needs=("consent.progress",))
def send_progress(opened: OpenCase, preview_id: str, digest: str, *, actor: User) -> Preview:
    """Send exactly those marks."""
    return send(opened, preview_id, digest, actor=actor)


@step("case.ended", stage="close", section="status", gives=("closed",))
def close(opened: OpenCase, answers: Answers, *, actor: User) -> Filing:
    """Close the case, and tell the other country where a referral is still open: a reason and an open door."""
    filing = closing.shut(opened, answers)
    referral = open_one(opened)
    if referral is not None and can_send(referral, Kind.CLOSE):
        reason = answers.said("reason")
        body = Close.read({"reason": reason if reason in CLOSING else "moved", "may_come_back": True,
                           "data_kept_until": stamp(clock.now() + KEPT)})  # fmt: skip
        post(referral, Kind.CLOSE, body, by=actor, held=opened)
    return filing


def contact(actor: User) -> Contact:
    """The actor as the other country may know them: name, role, office telephone."""
    phone = actor.phone or actor.organisation.phone or "+000 000 000"
    return Contact(name=actor.display_name, role="Case manager", office_phone=phone)


def _expected(opened: OpenCase) -> datetime:
    waiting = Clock.objects.filter(case=opened.case, rule="arrival", stopped_at=None).first()
    return waiting.due_at if waiting else clock.now()


def _is_level(name: str, value: object) -> bool:
    return name != "month" and isinstance(value, str) and value.isdigit()
