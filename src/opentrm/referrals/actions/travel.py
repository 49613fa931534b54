"""The journey: arranged only when both countries scored the risk, papers are there, she is met and has a bed."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from opentrm.accounts.models import User
from opentrm.cases.filing import file, latest
from opentrm.cases.gate import OpenCase
from opentrm.cases.models import Filing
from opentrm.cases.step import step
from opentrm.federation.bodies.journey import Update
from opentrm.federation.codes import ReferralKind
from opentrm.federation.fields import stamp
from opentrm.federation.kinds import Kind
from opentrm.federation.readiness import Readiness
from opentrm.kernel import clock
from opentrm.kernel.errors import NotValid
from opentrm.protocol import Answers
from opentrm.referrals.actions.disclose import keep, send
from opentrm.referrals.actions.risk import agreed
from opentrm.referrals.exchange import post
from opentrm.referrals.find import the_open_one
from opentrm.referrals.models import Preview, Referral


@step("journey.planned", stage="refer", section="travel", needs=("disclosed", "consent.return"))
def plan(opened: OpenCase, answers: Answers, *, actor: User) -> Preview:
    """Keep the plan of the journey (F-15c) and show exactly what the other country will read."""
    referral = the_open_one(opened)
    file(opened, "F-15c", answers)
    return keep(opened, referral, Kind.TRAVEL_PLAN, {"travel": fields(opened, answers)}, actor=actor,
                readiness=readiness(opened, referral, answers))  # fmt: skip


@step("journey.sent", stage="refer", section="travel", needs=("disclosed", "consent.return"),
      gives=("travel.planned",))  # fmt: skip
def send_plan(opened: OpenCase, preview_id: str, digest: str, *, actor: User) -> Preview:
    """Send the plan. Refused until everything of design decision 7 is there, each reason in words."""
    referral = the_open_one(opened)
    shown = latest(opened, "F-15c")
    answers = shown.answers if shown else Answers({})
    return send(opened, preview_id, digest, actor=actor, readiness=readiness(opened, referral, answers))


@step("journey.news", stage="refer", section="travel")
def news(opened: OpenCase, answers: Answers, *, actor: User) -> Filing:
    """Say where the journey stands (F-15d)."""
    referral = the_open_one(opened)
    filing = file(opened, "F-15d", answers)
    status = answers.said("status")
    body = Update.read({"status": status, "at": stamp(clock.now()), "expected_at": None})
    post(referral, Kind.UPDATE, body, by=actor, held=opened)
    if status == "departed":
        opened.change(given=("travelling",))
    return filing


@step("removal.recorded", stage="refer", section="travel")
def record_removal(opened: OpenCase, answers: Answers, *, actor: User) -> Filing:
    """Keep that an authority removes her, or that she goes by herself (F-15j): never called a return.

    Nothing is sent without her consent; she gets the arrival contacts in her hand.
    """
    return file(opened, "F-15j", answers)


def readiness(opened: OpenCase, referral: Referral, answers: Answers) -> Readiness:
    """What design decision 7 asks before we arrange a journey, as this case file has it."""
    return Readiness(
        kind=ReferralKind(referral.kind),
        declared_by_her="declared" in opened.facts,
        risk_agreed=agreed(referral),
        risk_valid_until=referral.risk_until,
        papers=answers.said("papers") == "yes",
        met_by=bool(answers.said("met_by")),
        first_night=bool(answers.said("first_night")),
        asylum_asked="asylum" in opened.facts,
    )


def fields(opened: OpenCase, answers: Answers) -> dict[str, Any]:
    """The plan as the standard's fields. Raises NotValid at the field that has to be mended."""
    zone = ZoneInfo(opened.profile.zone)
    leaves = _moment(answers, "leaves", zone)
    arrives = _moment(answers, "arrives", zone)
    if arrives <= leaves:
        raise NotValid(
            "She arrives after she leaves: look at both times.", {"arrives_on": "This is before she leaves."}
        )
    return {
        "leaves_at": stamp(leaves), "arrives_at": stamp(arrives), "by": answers.said("by"),
        "arrives_where": answers.said("arrives_where"),
        "met_by": _contact(answers, "met_by", "met_by_phone", "Meets her"),
        "spoken_first": answers.said("spoken_first"), "first_night": answers.said("first_night"),
        "travels_with": None, "signs_of_life": [],
        "if_late_call": _contact(answers, "late_name", "late_phone", "Called if she is late"),
    }  # fmt: skip


def _moment(answers: Answers, name: str, zone: ZoneInfo) -> datetime:
    try:
        return datetime.fromisoformat(f"{answers.said(f'{name}_on')}T{answers.said(f'{name}_at').zfill(5)}").replace(
            tzinfo=zone
        )
    except ValueError:
        sentence = "Give the time as hours and minutes, such as 07:30."
        raise NotValid(sentence, {f"{name}_at": sentence}) from None


def _contact(answers: Answers, name: str, phone: str, role: str) -> dict[str, str]:
    number = answers.said(phone)
    if not number.startswith("+") or not number[1:].replace(" ", "").isdigit() or not 8 <= len(number) <= 21:
        sentence = "Give the office telephone with its country code, such as +373 22 000 000."
        raise NotValid(sentence, {phone: sentence})
    return {"name": answers.said(name), "role": role, "office_phone": number}
