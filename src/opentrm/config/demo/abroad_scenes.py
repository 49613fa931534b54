"""Scenes between two countries, one act at a time: the stage manager alternates between the nodes."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from opentrm.accounts.models import Organisation
from opentrm.cases.actions import assist, consent, second, team
from opentrm.cases.gate import OpenCase, case_for
from opentrm.config.demo import home_scenes as home
from opentrm.config.demo.actor import Node
from opentrm.config.demo.home_scenes import form, free_yes, risk_form
from opentrm.federation.bodies.offering import Contact, Offer, Place
from opentrm.federation.capacity import CapacityRequest
from opentrm.federation.codes import Need, Tongue
from opentrm.kernel import clock
from opentrm.referrals import partners
from opentrm.referrals.actions import agree, answer, arrive, ask, disclose, risk, travel, withdraw
from opentrm.referrals.models import Referral

HOUSE, DAY = "Casa Țurcanu", timedelta(days=1)


def begin(node: Node, name: str, child: str = "") -> str:
    """Serbia: told, presumed, cared for; her roads explained; asked without her name. Returns the referral's id."""
    changes = {"age_group": "child"} if child else {"with_child": "child"} if name.startswith("+") else {}
    with clock.frozen(clock.now() - 3 * DAY):
        opened = home.a_case(node, name.lstrip("+"), **changes)
        case = opened.case
        if child:
            home.child(node, opened)
        home.told(node, home.again(node, case))
        home.sign(node, case)
        home.presumed(node, home.again(node, case))
        home.cared_for(node, home.again(node, case))
    opened = home.again(node, case)
    ask.declare(opened, form("F-15a", explained=["stay", "return", "third", "asylum"], stay_open="yes", road="return",
                             country="MD", her_words="My sister is there."), actor=opened.person)  # fmt: skip
    consent.give(home.again(node, case), "ask_abroad", free_yes("You ask if there is a bed, without my name."),
                 actor=opened.person, language="ro")  # fmt: skip
    people = [{"band": "12-17" if child else "25-39", "count": 1}]
    if changes.get("with_child"):
        people.insert(0, {"band": "6-11", "count": 1})
    wanted = CapacityRequest.read({
        "needs": ["shelter", "documents", "case_management"], "travellers": people, "languages": ["ro"], "access": [],
        "service_for": "girls" if child else "women", "urgency": "month", "region": "any",
    })  # fmt: skip
    partner = partners.partners(confirmed=True)[0]
    return ask.request(home.again(node, case), partner, "return", wanted, actor=opened.person).id


def _opened(node: Node, referral_id: str) -> OpenCase:
    case = Referral.objects.select_related("case__owner").get(pk=referral_id).case
    assert case is not None and case.owner is not None  # noqa: S101, PT018 - a scene acts on a case that began
    return case_for(case.owner, case.ref)


def _offer(node: Node, referral_id: str) -> None:
    manager, point = node.who("ana.ceban"), node.who("vasile.munteanu")
    referral = Referral.objects.get(pk=referral_id)
    answer.route(referral, Organisation.objects.get(name=HOUSE), actor=point)
    at = clock.now()
    body = Offer(
        n=1, organisation=HOUSE, conditions=["She may come and go"], languages=[Tongue.RO, Tongue.RU],
        places=[Place(service=Need.SHELTER, free_from=at + 2 * DAY, free_until=None, count=1),
                Place(service=Need.DOCUMENTS, free_from=at + 2 * DAY, free_until=None, count=1)],
        case_manager=Contact(name=manager.display_name, role="Case manager", office_phone=manager.phone),
        valid_until=at + 10 * DAY,
    )  # fmt: skip
    answer.offer(Referral.objects.get(pk=referral_id), body, manager, actor=manager)
    opened = _opened(node, referral_id)
    team.add(opened, node.who("olesea.moraru"), "second_professional", actor=opened.person)


def _ask_back(node: Node, referral_id: str) -> None:
    answer.ask(
        Referral.objects.get(pk=referral_id), ["date_can_move", "shared_room_fits"], actor=node.who("vasile.munteanu")
    )


def _decline(node: Node, referral_id: str) -> None:
    answer.decline(Referral.objects.get(pk=referral_id), "no_place", actor=node.who("vasile.munteanu"))


def _agree(node: Node, referral_id: str) -> None:
    opened = _opened(node, referral_id)
    agree.give(opened, "disclose", free_yes("These parts go to that house."), ("identity", "needs", "plan"), "ro",
               actor=opened.person)  # fmt: skip
    agree.terms(_opened(node, referral_id), actor=opened.person)


def _lock(node: Node, referral_id: str) -> None:
    opened = _opened(node, referral_id)
    agree.lock(opened, actor=opened.person)


def _score(level: str) -> Callable[[Node, str], None]:
    def score(node: Node, referral_id: str) -> None:
        opened = _opened(node, referral_id)
        risk.score(opened, risk_form(level, "F-05b"), actor=opened.person)
        home.sign(node, opened.case, home.SECOND if node.id == "rs" else "olesea.moraru")

    return score


def _disclose(node: Node, referral_id: str) -> None:
    opened = _opened(node, referral_id)
    shown = disclose.preview(opened, actor=opened.person)
    if second.waiting(opened):
        home.sign(node, opened.case)
    disclose.disclose(_opened(node, referral_id), shown.id, shown.digest, actor=opened.person)


def _plan(node: Node, referral_id: str) -> None:
    opened = _opened(node, referral_id)
    agree.give(opened, "return", free_yes("By bus, and Ana meets me."), (), "ro", actor=opened.person)
    leaves = (clock.now() + 4 * DAY).date().isoformat()
    plan: dict[str, Any] = {
        "leaves_on": leaves,
        "leaves_at": "07:30",
        "arrives_on": leaves,
        "arrives_at": "21:10",
        "by": "bus",
        "papers": "yes",
        "fit_to_travel": "yes",
        "arrives_where": "North bus station, gate 4",
        "met_by": "Ana Ceban Rusu",
        "spoken_first": "mulberry",
        "met_by_phone": "+373 22 000 002",
        "first_night": HOUSE,
        "late_name": "Vasile Munteanu",
        "late_phone": "+373 22 000 001",
    }
    shown = travel.plan(_opened(node, referral_id), form("F-15c", **plan), actor=opened.person)
    if opened.header.child:
        home.sign(node, opened.case)
    travel.send_plan(_opened(node, referral_id), shown.id, shown.digest, actor=opened.person)


def _arrive(node: Node, referral_id: str) -> None:
    opened = _opened(node, referral_id)
    arrive.arrived(opened, form("F-15f", met="yes", unhurt="yes", words="Sleep."), actor=opened.person)


def _hand_over(node: Node, referral_id: str) -> None:
    opened = _opened(node, referral_id)
    arrive.hand_over(opened, form("F-15e", place_code="place_7", she_confirmed="yes"), actor=opened.person)


def _progress(node: Node, referral_id: str) -> None:
    opened = _opened(node, referral_id)
    agree.give(opened, "progress", free_yes("They learn that I am well, in marks."), (), "ro", actor=opened.person)
    assist.monitor(
        _opened(node, referral_id), form("F-17", month="1", safety="3", housing="3", wellbeing="2"), actor=opened.person
    )
    shown = arrive.preview_progress(_opened(node, referral_id), actor=opened.person)
    arrive.send_progress(_opened(node, referral_id), shown.id, shown.digest, actor=opened.person)


def _close(node: Node, referral_id: str) -> None:
    opened = _opened(node, referral_id)
    arrive.close(opened, form("F-18", reason="goals_met", told="yes"), actor=opened.person)


def _withdraw(node: Node, referral_id: str) -> None:
    opened = _opened(node, referral_id)
    given = consent.live(opened, "disclose")[0]
    withdraw.withdraw(opened, consent.consent_of(opened, given.id), actor=opened.person)


ACTS: dict[str, Callable[[Node, str], None]] = {
    "offer": _offer,
    "ask-back": _ask_back,
    "decline": _decline,
    "agree": _agree,
    "lock": _lock,
    "score": _score("medium"),
    "score-high": _score("high"),
    "disclose": _disclose,
    "plan": _plan,
    "arrive": _arrive,
    "hand-over": _hand_over,
    "progress": _progress,
    "close": _close,
    "withdraw": _withdraw,
}


def state(referral_id: str) -> str:
    """Where the referral stands here."""
    found = Referral.objects.filter(pk=referral_id).first()
    return found.state if found else ""
