"""One case from screening in Serbia to closure after Moldova took over, through the real acts."""

from dataclasses import replace
from datetime import timedelta

import pytest

from opentrm.cases.actions import assess, assist, expire, ground, identify, plan, screen, second, team
from opentrm.cases.actions import consent as consents
from opentrm.cases.filing import digest_of
from opentrm.cases.gate import case_for
from opentrm.cases.models import Clock
from opentrm.cases.queries import filing_of
from opentrm.federation.bodies import journey, offering
from opentrm.federation.capacity import CapacityRequest
from opentrm.federation.kinds import Kind
from opentrm.kernel import clock
from opentrm.kernel.errors import NeedsSecond, NotAllowed, NotFound, NotNow, NotValid, Refused
from opentrm.node import current
from opentrm.referrals.actions import agree, arrive, ask, disclose, risk, travel, withdraw
from opentrm.referrals.find import open_one
from tests import people
from tests.records.partner import HOUSE, Partner, an_offer

CAPACITY = CapacityRequest.read({
    "needs": ["shelter"], "travellers": [{"band": "25-39", "count": 1}], "service_for": "women", "languages": ["ro"],
    "access": [], "urgency": "month", "region": "any",
})  # fmt: skip


def a_case(staff, **changes):
    intake = screen.hand_over(people.screening(**changes), staff.centre, actor=staff.officer)
    case = screen.accept(intake, staff.manager, actor=staff.desk)
    opened = case_for(staff.manager, case.ref)
    team.add(opened, staff.second, "second_professional", actor=staff.manager)
    return opened


def again(opened, actor=None):
    return case_for(actor or opened.actor, opened.ref)


def sign(opened, staff):
    """The second professional signs what waits."""
    theirs = case_for(staff.second, opened.ref)
    (asked,) = second.waiting(theirs)
    digest = asked.digest if asked.kind == "disclosure" else digest_of(filing_of(theirs, asked.about))
    second.look(theirs, asked, True, digest, actor=staff.second)
    return again(opened)


def declared(opened, road="return"):
    ask.declare(
        opened,
        people.form("F-15a", explained=["stay", "return", "third", "asylum"], stay_open="yes", road=road, country="MD"),
        actor=opened.actor,
    )
    return again(opened)


def asked(opened, partner, **more):
    opened = declared(opened)
    consents.give(opened, "ask_abroad", people.consent(), actor=opened.actor, language="ro")
    opened = again(opened)
    ask.request(opened, partner.row, more.pop("kind", "return"), CAPACITY, actor=opened.actor)
    partner.settle()
    return again(opened)


def offered(opened, partner):
    opened = asked(opened, partner)
    partner.say(open_one(opened).id, Kind.OFFER, an_offer())
    return again(opened)


def agreed(opened, partner):
    opened = offered(opened, partner)
    agree.give(opened, "disclose", people.consent(), ("identity", "needs"), "ro", actor=opened.actor)
    opened = again(opened)
    agree.terms(opened, actor=opened.actor)
    partner.settle()
    return again(opened)


def locked(opened, partner):
    opened = agreed(opened, partner)
    referral = open_one(opened)
    body = partner.arrivals[-1].body
    partner.say(referral.id, Kind.LOCK, offering.Lock(**body.model_dump(), held_until=clock.now() + timedelta(days=9)))
    return again(opened)


def their_risk(opened, partner, level="medium"):
    at = clock.now()
    body = offering.JointRisk.read({"level": level, "factors": [], "assessed_at": _stamp(at), "signed_by_two": True,
                                    "valid_until": _stamp(at + timedelta(days=30)), "supersedes": None,
                                    "asks_to_talk": False})  # fmt: skip
    partner.say(open_one(opened).id, Kind.JOINT_RISK, body)
    return again(opened)


def _stamp(at):
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def scored(opened, partner, staff, theirs="medium"):
    opened = locked(opened, partner)
    risk.score(opened, people.risk("medium", "F-05b"), actor=opened.actor)
    opened = sign(opened, staff)
    partner.settle()
    return their_risk(opened, partner, theirs)


def disclosed(opened, partner, staff):
    opened = scored(opened, partner, staff)
    shown = disclose.preview(opened, actor=opened.actor)
    disclose.disclose(again(opened), shown.id, shown.digest, actor=opened.actor)
    partner.settle()
    return again(opened)


JOURNEY = {
    "leaves_on": "2027-01-10", "leaves_at": "07:30", "arrives_on": "2027-01-10", "arrives_at": "19:00", "by": "bus",
    "arrives_where": "North station", "papers": "yes", "met_by": "Ana Ceban Rusu", "met_by_phone": "+373 22 000 000",
    "spoken_first": "mulberry", "first_night": HOUSE, "late_name": "Ion Rusu", "late_phone": "+373 22 000 001",
}  # fmt: skip


def travelling(opened, partner, staff):
    opened = disclosed(opened, partner, staff)
    agree.give(opened, "return", people.consent(), (), "ro", actor=opened.actor)
    opened = again(opened)
    shown = travel.plan(opened, people.form("F-15c", **JOURNEY), actor=opened.actor)
    travel.send_plan(again(opened), shown.id, shown.digest, actor=opened.actor)
    partner.settle()
    return again(opened)


@pytest.fixture
def partner(staff, monkeypatch):
    return Partner(monkeypatch)


def test_a_referral_walks_the_whole_road_and_custody_moves_with_the_handover(staff, partner):
    opened = travelling(a_case(staff), partner, staff)
    referral = open_one(opened)
    assert partner.talk(referral.id).state == "expecting"
    partner.say(referral.id, Kind.ARRIVED, journey.Arrived(at=clock.now(), met=True, unhurt="yes"))
    assert again(opened).case.custody == "rs"
    partner.say(referral.id, Kind.HANDOVER_CONFIRMED, journey.HandoverConfirmed(
        at=clock.now(), place_code="place_7", case_manager=an_offer().case_manager, she_confirmed="yes"))  # fmt: skip
    opened = again(opened)
    assert opened.case.custody == "md"
    assert {"arrived", "handed_over"} <= opened.facts
    arrive.close(opened, people.form("F-18", reason="handed_over", told="yes"), actor=staff.manager)
    partner.settle()
    assert partner.kinds == ["REQUEST", "TERMS", "JOINT_RISK", "DISCLOSE", "TRAVEL_PLAN", "CLOSE"]
    assert again(opened).case.closed_at is not None


def test_before_the_lock_nothing_but_codes_leaves(staff, partner):
    opened = agreed(a_case(staff), partner)
    said = b"".join(row.plaintext for row in [partner.here._sender.ports.outbox.get(m) for m in _messages()])
    assert b"Doina" not in said
    assert "Țurcanu".encode() not in said
    assert opened.header.name == "Doina Țurcanu Lungu"


def _messages():
    from opentrm.referrals.models import OutMessage

    return OutMessage.objects.values_list("pk", flat=True)


def test_only_the_sections_in_her_consent_arrive(staff, partner):
    disclosed(a_case(staff), partner, staff)
    content = partner.arrivals[-1].body.content
    assert set(content.sections) == {"identity", "needs"}
    assert content.sections["identity"]["name"] == "Doina Țurcanu Lungu"


def test_it_refuses_to_ask_abroad_without_her_yes(staff, partner):
    opened = declared(a_case(staff))
    with pytest.raises(NotNow) as refusal:
        ask.request(opened, partner.row, "return", CAPACITY, actor=staff.manager)
    assert refusal.value.step == "consent"
    assert not partner.kinds


def test_it_refuses_a_declaration_before_all_four_roads_were_explained(staff):
    opened = a_case(staff)
    with pytest.raises(NotValid):
        ask.declare(opened, people.form("F-15a", explained=["return"], stay_open="yes", road="return", country="MD"),
                    actor=staff.manager)  # fmt: skip


def test_asking_for_asylum_ends_every_contact(staff, partner):
    opened = asked(a_case(staff), partner)
    declared(opened, road="asylum")
    partner.settle()
    assert partner.kinds == ["REQUEST", "CANCEL"]
    with pytest.raises(NotNow):
        ask.request(again(opened), partner.row, "return", CAPACITY, actor=staff.manager)


def test_identity_waits_for_both_scores(staff, partner):
    opened = locked(a_case(staff), partner)
    risk.score(opened, people.risk("medium", "F-05b"), actor=staff.manager)
    opened = sign(opened, staff)
    with pytest.raises(Refused) as refusal:
        disclose.preview(opened, actor=staff.manager)
    assert "risk" in str(refusal.value).lower()


def test_nobody_signs_their_own_score(staff, partner):
    opened = locked(a_case(staff), partner)
    risk.score(opened, people.risk("medium", "F-05b"), actor=staff.manager)
    (asked_for,) = second.waiting(again(opened))
    with pytest.raises(NotAllowed):
        second.look(again(opened), asked_for, True, asked_for.digest, actor=staff.manager)


def test_where_countries_differ_the_higher_stands_and_a_clock_runs(staff, partner):
    opened = scored(a_case(staff), partner, staff, theirs="high")
    referral = open_one(opened)
    assert risk.standing(referral) == "high"
    assert referral.alarm == "risk"
    assert Clock.objects.filter(case=opened.case, rule="risk_talk", stopped_at=None).exists()


def test_a_changed_file_asks_for_a_new_preview(staff, partner):
    opened = scored(a_case(staff), partner, staff)
    shown = disclose.preview(opened, actor=staff.manager)
    with pytest.raises(NotNow):
        disclose.disclose(again(opened), shown.id, "0" * 64, actor=staff.manager)


def test_withdrawal_stops_what_waits_and_tells_the_partner(staff, partner):
    opened = scored(a_case(staff), partner, staff)
    partner.network.down.add("md")
    shown = disclose.preview(opened, actor=staff.manager)
    disclose.disclose(again(opened), shown.id, shown.digest, actor=staff.manager)
    partner.settle()
    opened = again(opened)
    given = consents.live(opened, "disclose")[0]
    withdraw.withdraw(opened, consents.consent_of(opened, given.id), actor=staff.manager)
    partner.network.down.clear()
    from opentrm.referrals.models import OutMessage

    assert OutMessage.objects.get(kind="DISCLOSE").state == "stopped"
    with clock.frozen(clock.now() + timedelta(hours=2)):
        partner.settle()
    assert "DISCLOSE" not in partner.kinds
    assert partner.kinds[-1] == "WITHDRAW"


def test_withdrawal_while_she_travels_asks_whether_someone_should_meet_her(staff, partner):
    opened = travelling(a_case(staff), partner, staff)
    given = consents.live(opened, "disclose")[0]
    with pytest.raises(NotValid):
        withdraw.withdraw(opened, consents.consent_of(opened, given.id), actor=staff.manager)
    withdraw.withdraw(opened, consents.consent_of(opened, given.id), meeting="keep", actor=staff.manager)
    partner.settle()
    assert partner.talk(open_one(opened).id if open_one(opened) else _any().id).state == "meeting_only"


def _any():
    from opentrm.referrals.models import Referral

    return Referral.objects.get()


def test_a_childs_file_waits_for_a_second_person(staff, partner):
    opened = a_case(staff, age_group="child")
    with pytest.raises(NotValid):
        consents.give(opened, "help", people.consent(), actor=staff.manager)
    from opentrm.cases.actions import write

    note = {
        "guardian": "Municipal guardian",
        "cleared": "yes",
        "child_view": "I want my sister.",
        "answered": "We call her.",
        "decision": "To be near her sister.",
    }
    write.write(opened, "F-19", people.form("F-19", **note), actor=staff.manager)
    opened = scored(again(opened), partner, staff)
    shown = disclose.preview(opened, actor=staff.manager)
    with pytest.raises(NeedsSecond):
        disclose.disclose(again(opened), shown.id, shown.digest, actor=staff.manager)
    sign(opened, staff)
    disclose.disclose(again(opened), shown.id, shown.digest, actor=staff.manager)


def test_off_the_team_the_case_does_not_exist(staff, partner):
    opened = a_case(staff)
    for nobody in (staff.stranger, staff.officer, staff.desk, staff.admin, staff.reviewer):
        with pytest.raises(NotFound):
            case_for(nobody, opened.ref)


def test_the_early_risk_shows_as_unsigned_until_a_second_person_signs(staff):
    opened = a_case(staff)
    identify.assess_risk(opened, people.risk("high"), actor=staff.manager)
    assert "risk.assessed" not in again(opened).facts
    opened = sign(again(opened), staff)
    assert "risk.assessed" in opened.facts
    assert opened.header.risk == "high"


def test_a_yes_whose_days_are_over_counts_no_more(staff, partner):
    opened = declared(a_case(staff))
    consents.give(opened, "ask_abroad", people.consent(), actor=staff.manager)
    with clock.frozen(clock.now() + timedelta(days=91)):
        assert expire.run_out() == 1
        opened = again(opened)
        assert "consent.ask_abroad" not in opened.facts
        with pytest.raises(NotNow):
            ask.request(opened, partner.row, "return", CAPACITY, actor=staff.manager)
        assert expire.run_out() == 0


def test_only_those_who_send_or_sign_see_what_would_leave(staff, partner):
    opened = scored(a_case(staff), partner, staff)
    shown = disclose.preview(opened, actor=staff.manager)
    team.add(again(opened), staff.contact, "contact_point", actor=staff.manager)
    theirs = case_for(staff.contact, opened.ref)
    with pytest.raises(NotAllowed):
        disclose.preview_of(theirs, shown.id)
    with pytest.raises(NotAllowed):
        disclose.preview(theirs, actor=staff.contact)
    assert disclose.preview_of(case_for(staff.second, opened.ref), shown.id)


def test_a_real_node_refuses_a_text_that_no_native_speaker_approved(staff, monkeypatch):
    opened = a_case(staff)
    real = replace(current.home(), demo=False)
    monkeypatch.setattr(current, "home", lambda: real)
    with pytest.raises(NotValid) as refusal:
        consents.give(opened, "help", people.consent(), actor=staff.manager, language="ro")
    assert set(refusal.value.errors) == {"language"}


@pytest.mark.parametrize("answer", sorted(consents.INVALID))
def test_a_yes_that_is_not_free_is_not_valid(staff, answer):
    opened = a_case(staff)
    with pytest.raises(NotValid) as refusal:
        consents.give(opened, "help", people.consent(**{answer: "yes"}), actor=staff.manager)
    assert answer in refusal.value.errors


def test_help_needs_no_status_no_story_and_no_consent(staff):
    opened = a_case(staff)
    assess.assess(opened, people.form("F-10", first="Sleep"), actor=staff.manager)
    plan.plan(again(opened), people.form("F-14", goal="Home", step_one="Passport", agreed="yes"), actor=staff.manager)
    made = assist.offer(again(opened), "medical", "Today", actor=staff.manager)
    assist.answer(again(opened), made, "declined", "Not now", actor=staff.manager)
    assist.answer(again(opened), made, "accepted", actor=staff.manager)
    assert {"consent.help", "presumed", "identified"}.isdisjoint(again(opened).facts)


def ground_form(imminent):
    return people.form(
        "F-25",
        ground="child_in_danger",
        imminent=imminent,
        told_whom="Duty judge",
        told_what="The address of the child",
        reason="Family Act",
        she_knows="Yes, she agrees it is needed",
    )


@pytest.mark.parametrize(("imminent", "running"), [("yes", True), ("no", False)])
def test_another_ground_is_typed_signed_by_two_and_is_no_consent(staff, imminent, running):
    opened = a_case(staff)
    ground.use(opened, ground_form(imminent), actor=staff.manager)
    ours = Clock.objects.filter(case=opened.case, rule="ground", stopped_at=None)
    assert ours.exists() is running
    assert not [fact for fact in again(opened).facts if fact.startswith("consent")]
    sign(opened, staff)
    assert not ours.exists()
