"""Receipts: signed, sealed like every message, and given again byte for byte."""

from dataclasses import dataclass
from datetime import datetime

from opentrm.federation import envelope
from opentrm.federation.bodies.nodes import Receipt
from opentrm.federation.envelope import Inner
from opentrm.federation.kinds import Kind
from opentrm.federation.ports import Outgoing, Peer, Ports
from opentrm.federation.refusal import BadReceipt
from opentrm.federation.statement import agreed_suite


@dataclass(frozen=True)
class Line:
    """Sealing for, and opening from, one partner with this node's keys."""

    ports: Ports
    peer: Peer

    def seal(self, inner: Inner, at: datetime) -> bytes:
        """Seal to the partner's newest key under the agreed suite, in this node's epoch."""
        mine = self.ports.identity.statement()
        return envelope.seal(
            inner,
            self.ports.identity.keys(),
            self.peer.statement,
            suite=agreed_suite(mine, self.peer.statement),
            epoch=mine.epoch,
            at=at,
        )

    def still_good(self, data: bytes, at: datetime) -> bool:
        """Whether an earlier sealing still uses the keys, suite and epoch that a new one would."""
        mine = self.ports.identity.statement()
        suite = agreed_suite(mine, self.peer.statement)
        header = envelope.outer_header(data)
        current = (
            suite,
            self.ports.identity.keys().signer.kid,
            self.peer.statement.sealing_entry(suite, at).kid,
            mine.epoch,
        )
        return (header.suite, header.kid_sig, header.kid_hpke, header.epoch) == current

    def open(self, outer: envelope.Outer) -> envelope.Opened:
        """Open what the partner sealed for us under the agreed suite."""
        mine = self.ports.identity.statement()
        return envelope.open_(
            outer,
            self.ports.identity.keys(),
            self.peer.statement,
            me=mine.node,
            suite=agreed_suite(mine, self.peer.statement),
        )

    def receipt(self, conversation: str, body: Receipt, at: datetime) -> Inner:
        """Write a receipt, not yet sealed."""
        return envelope.compose(
            Kind.RECEIPT,
            body.to_json(),
            sender=self.ports.identity.statement().node,
            recipient=self.peer.statement.node,
            conversation=conversation,
            sequence=0,
            prev_inner=None,
            created=at,
            expires=None,
        )

    def read_receipt(self, row: Outgoing, sent: bytes, answer: bytes) -> Receipt:
        """The partner's receipt for what was sent; BadReceipt when it speaks of anything else."""
        outer = envelope.check_outer(answer, self.peer.statement)
        opened = self.open(outer)
        if opened.kind != Kind.RECEIPT:
            raise BadReceipt
        body = Receipt.read(opened.body)
        cipher = envelope.check_outer(sent, self.ports.identity.statement()).digest
        named = body.message == row.message and body.inner == row.digest
        unopened = body.message is None and body.status == "refused" and body.cipher == cipher
        if not (named or unopened):
            raise BadReceipt
        return body
