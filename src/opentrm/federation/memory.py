"""In-memory ports, and a network that loses, repeats and reorders. For tests and for other implementers."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from opentrm.federation.keys import NodeKeys
from opentrm.federation.ports import Conversation, Incoming, InState, Outgoing, OutState, Peer, WireFailed
from opentrm.federation.statement import NodeStatement

OPEN = (OutState.WAITING, OutState.STORED)


class MemoryOutbox(dict[str, Outgoing]):
    """Rows by message id."""

    def add(self, row: Outgoing) -> None:
        """See ``ports.Outbox``, here and below."""
        if row.message in self:
            raise ValueError("two rows for one message")
        self[row.message] = row

    def get(self, message: str) -> Outgoing | None:  # type: ignore[override]
        return super().get(message)

    def save(self, row: Outgoing) -> None:
        self[row.message] = row

    def due(self, now: datetime, limit: int) -> list[Outgoing]:
        rows = [row for row in self.values() if row.state in OPEN and row.next_try <= now]
        return sorted(rows, key=lambda row: (row.partner, row.conversation, row.sequence))[:limit]

    def claim(self, message: str, now: datetime, until: datetime) -> bool:
        row = self[message]
        if row.state not in OPEN or row.next_try > now:
            return False
        self[message] = replace(row, next_try=until)
        return True

    def waiting(self, partner: str, conversation: str) -> list[Outgoing]:
        return [
            row
            for row in self.values()
            if (row.partner, row.conversation, row.state) == (partner, conversation, OutState.WAITING)
        ]

    def wake(self, partner: str, now: datetime) -> None:
        for row in [row for row in self.values() if row.partner == partner and row.state in OPEN]:
            if row.attempts and row.next_try > now:
                self[row.message] = replace(row, next_try=now)


class MemoryInbox(dict[tuple[str, str], Incoming]):
    """Rows by sender and message id."""

    def get(self, sender: str, message: str) -> Incoming | None:  # type: ignore[override]
        return super().get((sender, message))

    def at(self, sender: str, conversation: str, sequence: int) -> Incoming | None:
        wanted = (sender, conversation, sequence)
        for row in self.values():
            if sequence and (row.sender, row.conversation, row.sequence) == wanted:
                return row
        return None

    def add(self, row: Incoming) -> int:
        if (row.sender, row.message) in self:
            raise ValueError("two rows for one message")
        self[row.sender, row.message] = row
        return len(self)

    def save(self, row: Incoming) -> None:
        self[row.sender, row.message] = row

    def held(self, sender: str, conversation: str) -> int:
        return sum(
            (row.sender, row.conversation, row.state) == (sender, conversation, InState.HELD) for row in self.values()
        )


class MemoryConversations(dict[tuple[str, str], Conversation]):
    """Conversations by partner and id."""

    def get(self, partner: str, conversation: str) -> Conversation | None:  # type: ignore[override]
        return super().get((partner, conversation))

    def save(self, conversation: Conversation) -> None:
        self[conversation.partner, conversation.id] = conversation

    def withdrawn(self, partner: str, conversation: str) -> tuple[str, ...]:
        return ()


class MemoryPeers(dict[str, Peer]):
    """Partners by node id."""

    def by_node(self, node: str) -> Peer | None:
        return self.get(node)

    def by_signing_key(self, kid: str) -> Peer | None:
        for peer in self.values():
            if any(entry.kid == kid for entry in peer.statement.signing):
                return peer
        return None

    def save(self, peer: Peer) -> None:
        self[peer.statement.node] = peer


@dataclass
class MemoryIdentity:
    """This node's statement and keys."""

    own: NodeStatement
    private: NodeKeys

    def statement(self) -> NodeStatement:
        return self.own

    def keys(self) -> NodeKeys:
        return self.private


class MemoryJournal(list[str]):
    """Events, in order."""

    def note(self, event: str, *, partner: str, conversation: str = "", message: str = "") -> None:
        self.append(event)


Door = Callable[[bytes], bytes]


@dataclass
class MemoryNetwork:
    """Doors by node. Each chance is between 0 and 1; ``down`` nodes answer nothing."""

    chance: random.Random
    loss: float = 0.0
    answer_loss: float = 0.0
    repeat: float = 0.0
    delay: float = 0.0
    doors: dict[str, Door] = field(default_factory=dict)
    down: set[str] = field(default_factory=set)
    later: list[tuple[str, bytes]] = field(default_factory=list)
    carried: list[tuple[str, bytes]] = field(default_factory=list)

    def send(self, peer: Peer, data: bytes) -> bytes:
        """Carry, unless fate decides otherwise; see ``ports.Wire``."""
        node = peer.statement.node
        self.carried.append((node, data))
        if node in self.down or self._fate(self.loss):
            raise WireFailed
        if self._fate(self.delay):
            self.later.append((node, data))
            raise WireFailed
        if self._fate(self.repeat):
            self.doors[node](data)
            self.later.append((node, data))
        answer = self.doors[node](data)
        if self._fate(self.answer_loss):
            raise WireFailed
        return answer

    def late(self) -> None:
        """Let one delayed or repeated message arrive now, whichever; its answer goes nowhere."""
        if self.later:
            node, data = self.later.pop(self.chance.randrange(len(self.later)))
            if node not in self.down:
                self.doors[node](data)

    def _fate(self, probability: float) -> bool:
        return self.chance.random() < probability


class MemoryNode:
    """All ports of one node, with units that roll back."""

    def __init__(self, own: NodeStatement, private: NodeKeys, network: MemoryNetwork) -> None:
        self.outbox = MemoryOutbox()
        self.inbox = MemoryInbox()
        self.conversations = MemoryConversations()
        self.peers = MemoryPeers()
        self.journal = MemoryJournal()
        self.identity = MemoryIdentity(own, private)
        self.wire = network

    @contextmanager
    def unit(self) -> Iterator[None]:
        """A transaction: rows are values, so a shallow copy of each table is a snapshot."""
        tables: tuple[dict[Any, Any], ...] = (self.outbox, self.inbox, self.conversations, self.peers)
        before = [dict(table) for table in tables]
        notes = list(self.journal)
        try:
            yield
        except BaseException:
            for table, rows in zip(tables, before, strict=True):
                table.clear()
                table.update(rows)
            self.journal[:] = notes
            raise
