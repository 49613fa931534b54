"""Two invented nodes, Serbia and Moldova, and the messages of one invented referral."""

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache

from opentrm.federation import consent as consents
from opentrm.federation import statement
from opentrm.federation.bodies import asking, journey, offering, rights
from opentrm.federation.capacity import CapacityRequest, Travellers
from opentrm.federation.codes import (
    AgeBand,
    Meeting,
    Need,
    Purpose,
    ReferralKind,
    Region,
    RiskLevel,
    Section,
    ServiceFor,
    Tongue,
    Urgency,
)
from opentrm.federation.consent import Consent, SignedConsent
from opentrm.federation.crossing import Crossing, cross
from opentrm.federation.exchange import Exchange
from opentrm.federation.fields import sha256
from opentrm.federation.keys import NodeKeys
from opentrm.federation.kinds import Kind
from opentrm.federation.memory import MemoryNetwork, MemoryNode
from opentrm.federation.ports import Peer
from opentrm.federation.readiness import Readiness
from opentrm.federation.receiving import Arrival
from opentrm.federation.states import State, Talk
from opentrm.kernel.errors import Refused

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
CASE = "c" * 32
HOUSE = "Casa Țurcanu"
DAY = timedelta(days=1)


@cache
def keys_of(node: str) -> NodeKeys:
    return NodeKeys.generate()


@cache
def statement_of(node: str) -> statement.NodeStatement:
    signed = statement.make(
        keys_of(node),
        node=node,
        country=node[:2].upper(),
        owner=f"Ministry of {node}",
        endpoint=f"http://{node}.localhost",
        at=NOW - DAY,
    )
    return statement.verify(signed)


@dataclass
class Node:
    """A node with its exchange; ``apply`` notes what it was given and may be told to refuse."""

    name: str
    ports: MemoryNode
    arrivals: list[Arrival] = field(default_factory=list)
    turned_down: list[str] = field(default_factory=list)
    refuse: type[Refused] | None = None

    def __post_init__(self) -> None:
        self.exchange = Exchange(
            self.ports,
            self.apply,
            lambda row, refusal: self.turned_down.append(f"{row.kind}:{refusal}"),
            chance=random.Random(1),
        )

    def apply(self, arrival: Arrival) -> None:
        if self.refuse:
            raise self.refuse("The case is not open here.")
        self.arrivals.append(arrival)

    @property
    def kinds(self) -> list[Kind]:
        return [arrival.kind for arrival in self.arrivals]

    def talk(self, conversation: str = CASE) -> Talk:
        found = self.ports.conversations.get("md" if self.name == "rs" else "rs", conversation)
        assert found is not None
        assert found.talk is not None
        return found.talk

    def state(self, conversation: str = CASE) -> State:
        return self.talk(conversation).state


@dataclass
class World:
    rs: Node
    md: Node
    network: MemoryNetwork

    def post(self, who: Node, kind: Kind, body, **more):
        partner = "md" if who is self.rs else "rs"
        with who.ports.unit():
            return who.exchange.post(partner, more.pop("conversation", CASE), kind, body, **more)

    def settle(self, rounds: int = 4) -> None:
        """Deliver whatever is due on both sides until nothing more is answered."""
        for _ in range(rounds):
            if not (self.rs.exchange.deliver_due() + self.md.exchange.deliver_due()):
                return

    def say(self, who: Node, kind: Kind, body, **more):
        posted = self.post(who, kind, body, **more)
        self.settle()
        return posted

    def walk(self, to: State) -> None:
        """Carry the referral on, by the ordinary road, until the origin stands there."""
        for state, act in ROAD:
            act(self)
            if state is to:
                assert self.rs.state() is to
                return


def a_world(seed: int = 1, **chances: float) -> World:
    network = MemoryNetwork(random.Random(seed), **chances)
    nodes = [Node(name, MemoryNode(statement_of(name), keys_of(name), network)) for name in ("rs", "md")]
    for node, other in (nodes, reversed(nodes)):
        node.ports.peers.save(Peer(statement_of(other.name)))
        network.doors[node.name] = node.exchange.receive
    return World(nodes[0], nodes[1], network)


def a_capacity(**changes) -> CapacityRequest:
    usual = {
        "needs": [Need.SHELTER, Need.PSYCHOSOCIAL],
        "travellers": [Travellers(band=AgeBand.AGE_25_39, count=1)],
        "service_for": ServiceFor.WOMEN,
        "languages": [Tongue.RO],
        "access": [],
        "urgency": Urgency.MONTH,
        "region": Region.ANY,
    }
    return CapacityRequest(**(usual | changes))


def a_request(referral: ReferralKind = ReferralKind.RETURN) -> asking.Request:
    return asking.Request(referral=referral, capacity=a_capacity())


def a_contact(name: str = "Ana Ceban") -> offering.Contact:
    return offering.Contact(name=name, role="Case manager", office_phone="+373 22 000 000")


def an_offer(n: int = 1) -> offering.Offer:
    return offering.Offer(
        n=n,
        organisation=HOUSE,
        places=[offering.Place(service=Need.SHELTER, free_from=NOW + DAY, free_until=None, count=1)],
        conditions=["She may come and go"],
        costs=[offering.Cost(what="Stay", minor_units=0, currency="MDL")],
        languages=[Tongue.RO, Tongue.RU],
        case_manager=a_contact(),
        valid_until=NOW + 7 * DAY,
    )


def offer_digest(n: int = 1) -> str:
    return sha256(an_offer(n).to_bytes())


def a_consent(n: int = 1, **changes) -> Consent:
    usual = {
        "id": "a" * 32,
        "case_pseudonym": "b" * 32,
        "recipient": "md",
        "organisations": [HOUSE],
        "purposes": [Purpose.RECEPTION_AND_CARE, Purpose.TRAVEL],
        "sections": [Section.IDENTITY, Section.NEEDS, Section.TRAVEL],
        "offer_digest": offer_digest(n),
        "text_version": "F-11/1",
        "text_digest": "d" * 64,
        "language": "ro",
        "reading": "interpreter",
        "valid_from": NOW - DAY,
        "valid_until": NOW + 60 * DAY,
        "given_by": "self",
        "proof": "paper",
    }
    return Consent(**(usual | changes))


def signed(consent: Consent, node: str = "rs") -> SignedConsent:
    return consents.sign(consent, keys_of(node))


def terms(n: int = 1, consent: Consent | None = None) -> offering.Terms:
    return offering.Terms(n=n, offer_digest=offer_digest(n), consent_digest=(consent or a_consent(n)).digest())


def a_lock(n: int = 1, consent: Consent | None = None) -> offering.Lock:
    return offering.Lock(**terms(n, consent).model_dump(), held_until=NOW + 7 * DAY)


def a_risk(level: RiskLevel = RiskLevel.MEDIUM) -> offering.JointRisk:
    return offering.JointRisk(level=level, assessed_at=NOW, valid_until=NOW + 30 * DAY, signed_by_two=True)


IDENTITY = {Section.IDENTITY: {"name": "Đorđević Милица"}, Section.NEEDS: {"shelter": 3}}


def a_crossing(talk: Talk, kind: Kind = Kind.DISCLOSE, consent: Consent | None = None, **changes) -> Crossing:
    usual = {
        "recipient": "md",
        "organisation": HOUSE,
        "purpose": Purpose.RECEPTION_AND_CARE,
        "sections": IDENTITY,
        "at": NOW,
        "child": False,
        "second_person": False,
    }
    given = signed(consent or a_consent(talk.offer or 1))
    return cross(kind=kind, talk=talk, signed=given, **(usual | changes))


READY = Readiness(
    declared_by_her=True,
    risk_agreed=True,
    risk_valid_until=NOW + 30 * DAY,
    papers=True,
    met_by=True,
    first_night=True,
)


def travel_fields() -> dict:
    return journey.TravelFields(
        leaves_at=NOW + 2 * DAY,
        arrives_at=NOW + 3 * DAY,
        by="bus",
        arrives_where="North station",
        met_by=a_contact("Ion Rusu Lungu"),
        spoken_first="mulberry",
        first_night=HOUSE,
        if_late_call=a_contact(),
    ).to_json()


def a_plan(talk: Talk, **changes) -> Crossing:
    return a_crossing(
        talk,
        Kind.TRAVEL_PLAN,
        **{
            "purpose": Purpose.TRAVEL,
            "sections": {Section.TRAVEL: travel_fields()},
            "readiness": READY,
        }
        | changes,
    )


def handover() -> journey.HandoverConfirmed:
    return journey.HandoverConfirmed(at=NOW, place_code="place_7", case_manager=a_contact(), she_confirmed="yes")


def arrived() -> journey.Arrived:
    return journey.Arrived(at=NOW, met=True, unhurt="yes")


def not_arrived() -> journey.NotArrived:
    return journey.NotArrived(expected_at=NOW, last_sign=None, calling=a_contact())


def close() -> journey.Close:
    return journey.Close(reason="goals_met", data_kept_until=NOW + 365 * DAY)


def cancel() -> offering.Cancel:
    return offering.Cancel(reason="agreed")


def withdraw(meeting: Meeting = Meeting.NOT_TRAVELLING) -> rights.Withdraw:
    return rights.Withdraw(meeting=meeting, at=NOW)


def _risks(world: World) -> None:
    world.say(world.rs, Kind.JOINT_RISK, a_risk())
    world.say(world.md, Kind.JOINT_RISK, a_risk())


def _locked(world: World) -> None:
    world.say(world.md, Kind.LOCK, a_lock())
    _risks(world)


ROAD = (
    (State.REQUESTED, lambda w: w.say(w.rs, Kind.REQUEST, a_request())),
    (State.OFFERED, lambda w: w.say(w.md, Kind.OFFER, an_offer())),
    (State.TERMS, lambda w: w.say(w.rs, Kind.TERMS, terms())),
    (State.LOCKED, _locked),
    (State.DISCLOSED, lambda w: w.say(w.rs, Kind.DISCLOSE, a_crossing(w.rs.talk()))),
    (
        State.TRAVELLING,
        lambda w: w.say(w.rs, Kind.TRAVEL_PLAN, a_plan(w.rs.talk()), readiness=READY),
    ),
    (State.ARRIVED, lambda w: w.say(w.md, Kind.ARRIVED, arrived())),
    (State.HANDED_OVER, lambda w: w.say(w.md, Kind.HANDOVER_CONFIRMED, handover())),
    (State.CLOSING, lambda w: w.say(w.rs, Kind.CLOSE, close())),
    (State.CLOSED, lambda w: w.say(w.md, Kind.CLOSE, close())),
)
