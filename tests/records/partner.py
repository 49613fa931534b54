"""The other country, in memory: a real exchange with real keys on the other end of a wire without a network."""

import random
from datetime import timedelta

from opentrm.federation import statement as statements
from opentrm.federation.bodies.offering import Contact, Offer, Place
from opentrm.federation.codes import Need, Tongue
from opentrm.federation.exchange import Exchange
from opentrm.federation.keys import NodeKeys
from opentrm.federation.memory import MemoryNetwork, MemoryNode
from opentrm.federation.ports import Peer
from opentrm.federation.receiving import Arrival
from opentrm.kernel import clock
from opentrm.referrals import exchange as ours
from opentrm.referrals import identity, partners, ports
from tests.people import SETUP

HOUSE = "Casa Țurcanu"
KEYS = NodeKeys.generate()


class Partner:
    """Moldova, or whoever the test needs."""

    def __init__(self, monkeypatch, node: str = "md", country: str = "MD") -> None:
        self.signed = statements.make(
            KEYS, node=node, country=country, owner="Moldova", endpoint="http://md.localhost:1", at=clock.now()
        )
        self.network = MemoryNetwork(random.Random(1))
        self.ports = MemoryNode(statements.verify(self.signed), KEYS, self.network)
        self.ports.peers.save(Peer(identity.own_statement()))
        self.arrivals: list[Arrival] = []
        self.exchange = Exchange(self.ports, self.arrivals.append, chance=random.Random(1))
        self.network.doors = {node: self.exchange.receive, identity.own_statement().node: self.our_door}
        self.node = node
        self.row = partners.add(self.signed, actor=SETUP)
        partners.confirm(self.row, partners.fingerprint_of(self.row).digits, actor=SETUP)
        self.here = Exchange(ports.Rows(self.network), ours.apply, ours.partner_refused)
        monkeypatch.setattr(ours, "exchange", lambda: self.here)

    def our_door(self, data: bytes) -> bytes:
        """Our own peer door."""
        return self.here.receive(data)

    def say(self, conversation: str, kind, body, **more):
        """The partner sends."""
        with self.ports.unit():
            posted = self.exchange.post(identity.own_statement().node, conversation, kind, body, **more)
        self.settle()
        return posted

    def settle(self) -> None:
        """Deliver until nothing more is answered."""
        for _ in range(6):
            if not (self.here.deliver_due() + self.exchange.deliver_due()):
                return

    def talk(self, conversation: str):
        """Where the partner's side stands."""
        return self.ports.conversations.get(identity.own_statement().node, conversation).talk

    @property
    def kinds(self) -> list[str]:
        """What arrived there, in order."""
        return [arrival.kind.value for arrival in self.arrivals]


def an_offer(n: int = 1) -> Offer:
    """A real place with dates."""
    at = clock.now()
    return Offer(
        n=n, organisation=HOUSE,
        places=[Place(service=Need.SHELTER, free_from=at + timedelta(days=2), free_until=None, count=1)],
        languages=[Tongue.RO], valid_until=at + timedelta(days=7),
        case_manager=Contact(name="Ana Ceban Rusu", role="Case manager", office_phone="+373 22 000 000"),
    )  # fmt: skip
