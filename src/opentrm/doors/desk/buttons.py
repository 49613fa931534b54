"""What can be done with a referral now, on each side: one table a side, each row a test and a button."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from opentrm.cases.actions import consent, receive
from opentrm.cases.gate import OpenCase
from opentrm.doors.desk.frame import case_url
from opentrm.federation.kinds import Kind
from opentrm.referrals.actions import agree, arrive, disclose, risk
from opentrm.referrals.exchange import can_send


@dataclass(frozen=True)
class Button:
    """One act of the page: a link to a form, or a press."""

    label: str
    url: str = ""
    act: str = ""
    why: str = ""


def buttons(opened: OpenCase, referral: Any) -> list[Button]:
    """The acts that the dialogue and her consents allow now."""
    found = ORIGIN if referral.side == "origin" else DESTINATION
    return [button for holds, make in found if holds(opened, referral) for button in [make(opened)]]


def _sends(kind: Kind) -> Any:
    return lambda opened, referral: can_send(referral, kind)


def _state(*states: str) -> Any:
    return lambda opened, referral: referral.state in states


def _form(form_id: str, label: str) -> Any:
    return lambda opened: Button(label, url=case_url(opened, "form", form_id))


def _press(act: str, label: str) -> Any:
    return lambda opened: Button(label, act=act)


def _link(name: str, label: str, *more: str) -> Any:
    return lambda opened: Button(label, url=reverse(f"desk:{name}", args=[opened.ref, *more]))


def _agreed(code: str) -> Any:
    return lambda opened, referral: any(g.offer_digest == referral.offer_digest for g in consent.live(opened, code))


def _both(*tests: Any) -> Any:
    return lambda opened, referral: all(test(opened, referral) for test in tests)


def _not(test: Any) -> Any:
    return lambda opened, referral: not test(opened, referral)


def _fact(*facts: str) -> Any:
    return lambda opened, referral: set(facts) <= opened.facts


def _unscored(opened: OpenCase, referral: Any) -> bool:
    return not referral.risk_ours or referral.risk_ours == "unknown" or not risk.agreed(referral)


ORIGIN = (
    (_state("offered"), _link("counter", "Ask for a change of the offer")),
    (_both(_state("offered"), _not(_agreed("disclose"))), _link("give", "She says yes to this offer", "disclose")),
    (_both(_sends(Kind.TERMS), _agreed("disclose")), _press("terms", "Tell them that she agrees")),
    (_both(_sends(Kind.JOINT_RISK), _unscored), _form("F-05b", "Score the risk of return")),
    (_both(_sends(Kind.DISCLOSE), _fact("consent.disclose")), _press("preview", "Look at what would be sent")),
    (_both(_sends(Kind.TRAVEL_PLAN), _not(_fact("consent.return"))), _link("give", "Her yes to the journey", "return")),
    (_both(_sends(Kind.TRAVEL_PLAN), _fact("consent.return")), _link("journey", "Plan the journey")),
    (_sends(Kind.UPDATE), _form("F-15d", "News of the journey")),
    (_sends(Kind.CANCEL), _link("cancel", "End this referral")),
)
DESTINATION = (
    (_both(_sends(Kind.LOCK), lambda o, r: bool(r.terms)), _press("lock", "Hold the place for her")),
    (_both(_sends(Kind.JOINT_RISK), _unscored), _form("F-05b", "Score the risk of return")),
    (_state("expecting"), _press("agree", "We meet her as written")),
    (_sends(Kind.ARRIVED), _form("F-15f", "Confirm that she arrived")),
    (_sends(Kind.NOT_ARRIVED), _press("missed", "She did not arrive")),
    (_both(_sends(Kind.HANDOVER_CONFIRMED), _fact("arrived")), _form("F-15e", "Sign the handover")),
    (
        _both(_sends(Kind.PROGRESS), _not(_fact("consent.progress"))),
        _link("give", "Her yes to sending news", "progress"),
    ),
    (
        _both(_sends(Kind.PROGRESS), _fact("consent.progress")),
        _press("progress", "Look at the news that would be sent"),
    ),
    (_sends(Kind.CANCEL), _link("cancel", "End this referral")),
)
PRESSES = {
    "terms": (agree.terms, "The other country knows that she agrees. It holds the place next."),
    "lock": (agree.lock, "The place is held."),
    "agree": (receive.agree, "Written down: we meet her as the plan says."),
    "missed": (arrive.not_arrived, "The other country is alarmed. Telephone now."),
}
LOOKS = {"preview": disclose.preview, "progress": arrive.preview_progress}
