"""The ordinary road between two nodes, and what custody and identity do on it."""

import pytest

from opentrm.federation.bodies.journey import Crossed
from opentrm.federation.dialogue import Effect, responsible
from opentrm.federation.kinds import Kind
from opentrm.federation.ports import OutState
from opentrm.federation.refusal import OutOfScope, RiskOpen, WrongState
from opentrm.federation.states import State
from opentrm.kernel.errors import NotNow

from .world import (
    CASE,
    READY,
    ROAD,
    a_crossing,
    a_lock,
    a_plan,
    a_request,
    a_risk,
    an_offer,
    cancel,
    handover,
)


def test_it_walks_the_whole_road_and_both_sides_end_closed(world):
    world.walk(State.CLOSED)
    assert (world.rs.state(), world.md.state()) == (State.CLOSED, State.CLOSED)
    rows = [*world.rs.ports.outbox.values(), *world.md.ports.outbox.values()]
    assert {row.state for row in rows} == {OutState.DONE}
    assert world.rs.ports.journal == world.md.ports.journal == []


def test_somebody_is_responsible_at_every_step(world):
    for _state, act in ROAD:
        act(world)
        assert responsible(world.rs.talk()) or responsible(world.md.talk())
    assert not responsible(world.rs.talk())


def test_custody_moves_only_with_the_handover(world):
    world.walk(State.ARRIVED)
    assert responsible(world.rs.talk())
    assert not responsible(world.md.talk())
    posted = world.say(world.md, Kind.HANDOVER_CONFIRMED, handover())
    assert Effect.TAKE_CUSTODY in posted.step.effects
    assert Effect.PASS_CUSTODY in world.rs.arrivals[-1].step.effects
    assert (responsible(world.rs.talk()), responsible(world.md.talk())) == (False, True)


def test_identity_reaches_the_destination_only_with_disclose(world):
    for state, act in ROAD[:4]:
        act(world)
        assert not world.md.talk().identity, state
    world.say(world.rs, Kind.DISCLOSE, a_crossing(world.rs.talk()))
    assert world.md.talk().identity
    content = world.md.arrivals[-1].body.content
    assert content.sections["identity"] == {"name": "Đorđević Милица"}


def test_it_refuses_to_post_what_the_table_does_not_list_and_writes_nothing(world):
    with pytest.raises(WrongState):
        world.post(world.rs, Kind.CANCEL, cancel())
    assert not world.rs.ports.outbox
    assert world.rs.ports.conversations.get("md", CASE) is None


def test_a_personal_kind_takes_a_crossing_and_nothing_else(world):
    world.walk(State.LOCKED)
    crossing = a_crossing(world.rs.talk())
    with pytest.raises(OutOfScope):
        world.post(world.rs, Kind.DISCLOSE, Crossed.read(crossing.body()))
    with pytest.raises(OutOfScope):
        world.post(world.rs, Kind.UPDATE, crossing)


def test_identity_waits_until_both_countries_have_scored_the_risk(world):
    world.walk(State.TERMS)
    world.say(world.md, Kind.LOCK, a_lock())
    world.say(world.rs, Kind.JOINT_RISK, a_risk())
    with pytest.raises(RiskOpen):
        a_crossing(world.rs.talk())


def test_a_journey_is_arranged_only_when_everything_is_there(world):
    world.walk(State.DISCLOSED)
    plan = a_plan(world.rs.talk())
    with pytest.raises(NotNow):
        world.post(world.rs, Kind.TRAVEL_PLAN, plan)
    world.say(world.rs, Kind.TRAVEL_PLAN, plan, readiness=READY)
    assert world.md.state() is State.EXPECTING


def test_an_offer_that_needs_no_answer_is_processed_once(world):
    world.say(world.rs, Kind.REQUEST, a_request())
    world.say(world.md, Kind.OFFER, an_offer())
    world.settle()
    assert world.rs.kinds == [Kind.OFFER]
