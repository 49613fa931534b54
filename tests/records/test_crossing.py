"""Every envelope that crossed is opened with its receiver's key: codes before the lock, her sections after."""

import pytest

from opentrm.federation import envelope
from opentrm.federation.bodies.journey import Content
from opentrm.federation.kinds import TRAITS, Kind
from opentrm.federation.suites import SuiteId
from opentrm.kernel import clock
from opentrm.kernel.ids import new_id
from opentrm.referrals import identity
from tests.records.partner import KEYS, Partner
from tests.records.test_walk import a_case, travelling

CODED = {
    Kind.REQUEST,
    Kind.CLARIFY_ASK,
    Kind.CLARIFY_ANSWER,
    Kind.OFFER,
    Kind.COUNTER,
    Kind.DECLINE,
    Kind.TERMS,
    Kind.LOCK,
    Kind.CANCEL,
    Kind.WITHDRAW,
    Kind.RECEIPT,
    Kind.PING,
}


@pytest.fixture
def partner(staff, monkeypatch):
    return Partner(monkeypatch)


def opened(partner, to, data):
    """An envelope as its receiver reads it."""
    ours, theirs = identity.own_statement(), partner.ports.identity.own
    sender, keys = (ours, KEYS) if to == "md" else (theirs, identity.own_keys())
    outer = envelope.check_outer(data, sender)
    return envelope.open_(outer, keys, sender, me=to, suite=outer.header.suite)


def look(partner, carried):
    """Raise AssertionError at the first envelope that says more than it may."""
    locked = False
    for to, data in carried:
        message = opened(partner, to, data)
        kind = Kind(message.kind)
        if not locked:
            assert kind in CODED, f"{kind} crossed before the lock"
        if TRAITS[kind].personal:
            content = Content.read(message.body["content"])
            assert set(content.sections) <= set(content.consent.consent().sections)
        locked = locked or kind is Kind.LOCK


def test_nothing_but_codes_crosses_before_the_lock_and_only_her_sections_after(staff, partner):
    travelling(a_case(staff), partner, staff)
    kinds = [opened(partner, to, data).kind for to, data in partner.network.carried]
    assert {"REQUEST", "OFFER", "TERMS", "LOCK", "JOINT_RISK", "DISCLOSE", "TRAVEL_PLAN"} <= set(kinds)
    look(partner, partner.network.carried)


def test_no_envelope_before_the_lock_holds_anything_of_her(staff, partner):
    opened_case = travelling(a_case(staff), partner, staff)
    words = ["Doina", "Lungu", "day room", opened_case.ref]
    for to, data in partner.network.carried:
        message = opened(partner, to, data)
        if message.kind not in ("DISCLOSE", "TRAVEL_PLAN"):
            assert not [word for word in words if word in str(message.body)], message.kind


def test_a_planted_early_disclosure_is_found(staff, partner):
    travelling(a_case(staff), partner, staff)
    carried = list(partner.network.carried)
    disclosed = next(opened(partner, to, data) for to, data in carried if opened(partner, to, data).kind == "DISCLOSE")
    inner = envelope.compose(
        Kind.DISCLOSE, disclosed.body, sender="rs", recipient="md", conversation=new_id(), sequence=1, prev_inner=None,
        created=clock.now(), expires=None,
    )  # fmt: skip
    early = envelope.seal(
        inner, identity.own_keys(), partner.ports.identity.own, suite=SuiteId.HYBRID, epoch=0, at=clock.now()
    )
    with pytest.raises(AssertionError, match="before the lock"):
        look(partner, [("md", early), *carried])
