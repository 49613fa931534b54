"""The asked side: requests, offers, the lock, what arrives, withdrawal; the other country is in memory."""

from datetime import timedelta

import pytest

from opentrm.cases.filing import latest
from opentrm.cases.gate import case_for
from opentrm.cases.models import CaseKey, NameMark
from opentrm.federation import consent as wire
from opentrm.federation.bodies import asking, offering, rights
from opentrm.federation.codes import Meeting, Need, Purpose, Section, Tongue
from opentrm.federation.crossing import cross
from opentrm.federation.kinds import Kind
from opentrm.federation.ports import Conversation
from opentrm.federation.states import Side, new_talk
from opentrm.kernel import clock
from opentrm.kernel.errors import NotFound, NotNow
from opentrm.kernel.ids import new_id
from opentrm.referrals import meeting
from opentrm.referrals.actions import agree, answer
from opentrm.referrals.find import request_for, requests_for
from opentrm.referrals.models import InMessage, Referral
from opentrm.referrals.ports import Rows
from tests.records.partner import KEYS, Partner
from tests.records.test_walk import CAPACITY, sign, their_risk

HOUSE = "Centre for Protection"


@pytest.fixture
def partner(staff, monkeypatch):
    return Partner(monkeypatch)


def requested(partner):
    conversation = new_id()
    partner.say(conversation, Kind.REQUEST, asking.Request.read(
        {"referral": "return", "capacity": CAPACITY.to_json(), "phoned": None}))  # fmt: skip
    return Referral.objects.get(pk=conversation)


def our_offer(n=1):
    at = clock.now()
    return offering.Offer(
        n=n, organisation=HOUSE, languages=[Tongue.RO], valid_until=at + timedelta(days=7),
        places=[offering.Place(service=Need.SHELTER, free_from=at + timedelta(days=1), free_until=None, count=1)],
        case_manager=offering.Contact(name="Milica Živković", role="Case manager", office_phone="+381 11 000 000"),
    )  # fmt: skip


def offered(partner, staff):
    referral = requested(partner)
    answer.offer(referral, our_offer(), staff.manager, actor=staff.contact)
    partner.settle()
    return Referral.objects.get(pk=referral.pk)


def their_consent(referral, *sections):
    at = clock.now()
    return wire.Consent(
        id=new_id(), case_pseudonym=referral.id, recipient="rs", organisations=[HOUSE],
        purposes=[Purpose.RECEPTION_AND_CARE], sections=[Section(name) for name in sections],
        offer_digest=referral.offer_digest, text_version="F-11/1", text_digest="d" * 64, language="ro",
        reading="interpreter", valid_from=at, valid_until=at + timedelta(days=60), given_by="self", proof="paper",
    )  # fmt: skip


def locked(partner, staff, *sections):
    referral = offered(partner, staff)
    consent = their_consent(referral, *(sections or ("identity", "needs")))
    partner.say(referral.id, Kind.TERMS, offering.Terms(
        n=1, offer_digest=referral.offer_digest, consent_digest=consent.digest()))  # fmt: skip
    opened = case_for(staff.manager, Referral.objects.get(pk=referral.pk).case.ref)
    agree.lock(opened, actor=staff.manager)
    partner.settle()
    return Referral.objects.get(pk=referral.pk), consent


def held(partner, staff):
    referral, consent = locked(partner, staff)
    opened = case_for(staff.manager, referral.case.ref)
    their_risk(opened, partner)
    from opentrm.cases.actions import team
    from opentrm.referrals.actions import risk
    from tests import people

    team.add(opened, staff.second, "second_professional", actor=staff.manager)
    risk.score(case_for(staff.manager, referral.case.ref), people.risk("medium", "F-05b"), actor=staff.manager)
    sign(opened, staff)
    partner.settle()
    crossing = cross(
        kind=Kind.DISCLOSE,
        talk=partner.talk(referral.id),
        signed=wire.sign(consent, KEYS),
        recipient="rs",
        organisation=HOUSE,
        purpose=Purpose.RECEPTION_AND_CARE,
        at=clock.now(),
        child=False,
        second_person=False,
        sections={
            Section.IDENTITY: {"name": "Doina Țurcanu Lungu", "citizenship": "MD"},
            Section.NEEDS: {"first": "Sleep"},
        },
    )
    partner.say(referral.id, Kind.DISCLOSE, crossing)
    return Referral.objects.get(pk=referral.pk), consent


def test_a_request_is_seen_by_the_contact_point_and_by_whom_it_was_sent_on_to(staff, partner):
    referral = requested(partner)
    assert requests_for(staff.contact) == [referral]
    assert requests_for(staff.manager) == []
    with pytest.raises(NotFound):
        request_for(staff.manager, referral.id)
    answer.route(referral, staff.centre, actor=staff.contact)
    assert requests_for(staff.manager) == [referral]
    assert requests_for(staff.officer) == []


def test_the_case_exists_before_any_identity_arrives(staff, partner):
    referral = offered(partner, staff)
    opened = case_for(staff.manager, referral.case.ref)
    assert opened.header.name == ""
    assert CaseKey.objects.filter(case=referral.case).count() == 4


def test_what_arrives_is_filed_under_this_cases_own_keys(staff, partner):
    referral, _ = held(partner, staff)
    opened = case_for(staff.manager, referral.case.ref)
    assert opened.header.name == "Doina Țurcanu Lungu"
    assert latest(opened, "received").answers.said("first") == "Sleep"
    assert {"received", "screened"} <= opened.facts


def test_an_early_disclosure_changes_nothing(staff, partner):
    referral = offered(partner, staff)
    consent = their_consent(referral, "identity")
    with pytest.raises(Exception, match=r"offer|risk|lock"):
        cross(kind=Kind.DISCLOSE, talk=partner.talk(referral.id), signed=wire.sign(consent, KEYS), recipient="rs",
              organisation=HOUSE, purpose=Purpose.RECEPTION_AND_CARE, at=clock.now(), child=False, second_person=False,
              sections={Section.IDENTITY: {"name": "Doina"}})  # fmt: skip
    assert case_for(staff.manager, referral.case.ref).header.name == ""


def test_withdrawal_before_the_journey_erases_what_arrived(staff, partner):
    referral, consent = held(partner, staff)
    partner.say(referral.id, Kind.WITHDRAW, rights.Withdraw(
        consents=[consent.id], meeting=Meeting.NOT_TRAVELLING, at=clock.now()))  # fmt: skip
    opened = case_for(staff.manager, referral.case.ref)
    assert opened.header.name == ""
    assert latest(opened, "received") is None
    assert not NameMark.objects.filter(case=referral.case).exists()
    assert not InMessage.objects.filter(kind="DISCLOSE").exclude(envelope=None).exists()


@pytest.mark.parametrize("stage", ["requested", "offered", "locked", "held"])
def test_the_other_country_may_end_it_at_any_time(staff, partner, stage):
    made = {"requested": lambda: requested(partner), "offered": lambda: offered(partner, staff),
            "locked": lambda: locked(partner, staff)[0], "held": lambda: held(partner, staff)[0]}[stage]()  # fmt: skip
    partner.say(made.id, Kind.CANCEL, offering.Cancel(reason="her_decision"))
    assert Referral.objects.get(pk=made.pk).state == "cancelled"
    assert [row.state.value for row in partner.ports.outbox.values()] == ["done"] * len(partner.ports.outbox)


def test_a_place_is_held_only_after_she_agreed(staff, partner):
    referral = offered(partner, staff)
    with pytest.raises(NotNow):
        agree.lock(case_for(staff.manager, referral.case.ref), actor=staff.manager)


def test_the_meeting_details_go_24_hours_after_she_should_have_arrived(staff, partner):
    referral, consent = held(partner, staff)
    partner.say(referral.id, Kind.WITHDRAW, rights.Withdraw(
        consents=[consent.id], meeting=Meeting.KEEP, at=clock.now()))  # fmt: skip
    assert Referral.objects.get(pk=referral.pk).state == "meeting_only"
    assert meeting.let_go() == 0
    with clock.frozen(clock.now() + timedelta(hours=25)):
        assert meeting.let_go() == 1
    assert Referral.objects.get(pk=referral.pk).state == "withdrawn"
    assert latest(case_for(staff.manager, referral.case.ref), "received") is None


def test_another_partner_cannot_touch_a_referral_that_is_not_theirs(staff, partner, monkeypatch):
    referral = offered(partner, staff)
    rows = Rows(partner.network)
    stranger = Conversation(referral.id, "al", new_talk(Side.DESTINATION))
    rows.conversations.save(stranger)
    assert Referral.objects.get(pk=referral.pk).state == "offered"


def test_a_new_offer_makes_older_terms_void(staff, partner):
    referral = offered(partner, staff)
    consent = their_consent(referral, "identity")
    partner.say(referral.id, Kind.TERMS, offering.Terms(
        n=1, offer_digest=referral.offer_digest, consent_digest=consent.digest()))  # fmt: skip
    answer.offer(Referral.objects.get(pk=referral.pk), our_offer(2), staff.manager, actor=staff.contact)
    with pytest.raises(NotNow):
        agree.lock(case_for(staff.manager, referral.case.ref), actor=staff.manager)
