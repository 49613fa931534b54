"""Messages a second between two nodes on one core: sealed, delivered, opened, receipted."""

import random
import time
from datetime import timedelta

from opentrm.federation import statement
from opentrm.federation.bodies.asking import Request
from opentrm.federation.exchange import Exchange
from opentrm.federation.keys import NodeKeys
from opentrm.federation.kinds import Kind
from opentrm.federation.memory import MemoryNetwork, MemoryNode
from opentrm.federation.ports import Peer
from opentrm.kernel import clock
from opentrm.kernel.ids import new_id

BODY = {"referral": "return", "phoned": None, "capacity": {
    "needs": ["shelter"], "travellers": [{"band": "25-39", "count": 1}], "service_for": "women", "languages": ["ro"],
    "access": [], "urgency": "month", "region": "any"}}  # fmt: skip


def messages_per_second(count: int = 200) -> float:
    """The exchange alone, without a database: what cryptography and canonical form cost."""
    network = MemoryNetwork(random.Random(1))
    nodes = {}
    for name in ("rs", "md"):
        keys = NodeKeys.generate()
        signed = statement.make(keys, node=name, country=name.upper(), owner=name, endpoint="http://127.0.0.1",
                                at=clock.now() - timedelta(days=1))  # fmt: skip
        nodes[name] = MemoryNode(statement.verify(signed), keys, network)
    exchanges = {name: Exchange(node, lambda arrival: None, chance=random.Random(1)) for name, node in nodes.items()}
    for name, other in (("rs", "md"), ("md", "rs")):
        nodes[name].peers.save(Peer(nodes[other].identity.own))
        network.doors[name] = exchanges[name].receive
    begin = time.process_time()
    for _ in range(count):
        with nodes["rs"].unit():
            exchanges["rs"].post("md", new_id(), Kind.REQUEST, Request.read(BODY))
        exchanges["rs"].deliver_due()
    return count / (time.process_time() - begin)
