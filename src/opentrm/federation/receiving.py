"""The receiver's half: check, open, store, apply and answer, in one transaction."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from opentrm.federation import envelope, statement
from opentrm.federation.bodies import read_body
from opentrm.federation.bodies.journey import Crossed
from opentrm.federation.bodies.nodes import KeyStatement, Receipt
from opentrm.federation.crossing import recheck
from opentrm.federation.dialogue import Effect, Step, of_referral, step
from opentrm.federation.envelope import Opened, Outer
from opentrm.federation.failpoints import hit
from opentrm.federation.fields import Wire, from_base64
from opentrm.federation.kinds import TRAITS, Kind
from opentrm.federation.placing import GRACE, known_kind, placed, waits
from opentrm.federation.ports import Conversation, Incoming, InState, Peer, Ports
from opentrm.federation.receipts import Line
from opentrm.federation.refusal import (
    BadBody,
    BrokenChain,
    Equivocation,
    Expired,
    NotAccepted,
    Refusal,
    UnknownKind,
    UnknownSender,
    WrongEpoch,
)
from opentrm.federation.sending import NODE_CONVERSATION, heard, stop_personal
from opentrm.federation.states import Way
from opentrm.kernel import clock
from opentrm.kernel.errors import Refused

ALARMS = (Refusal.EQUIVOCATION, Refusal.CHAIN, Refusal.SCOPE, Refusal.RECIPIENT)


@dataclass(frozen=True)
class Arrival:
    """What ``apply`` is given: an accepted message, its checked body, and the step it means."""

    partner: str
    opened: Opened
    kind: Kind
    body: Wire
    step: Step | None


Apply = Callable[[Arrival], None]


@dataclass(frozen=True)
class Receiver:
    """Takes envelopes in and answers each with a receipt."""

    ports: Ports
    apply: Apply

    def receive(self, data: bytes) -> bytes:
        """The sealed receipt; NotAccepted only where the sender is not proven, and then nobody is told."""
        try:
            with self.ports.unit():
                peer, outer = self._proven(data)
                hit("receive.checked")
                heard(self.ports, peer)
                answer = self._take(peer, outer, data)
                hit("receive.before_commit")
        except NotAccepted as no:
            with self.ports.unit():
                self.ports.journal.note(f"refused.{no.refusal}", partner="")
            raise
        hit("receive.committed")
        return answer

    def _proven(self, data: bytes) -> tuple[Peer, Outer]:
        peer = self.ports.peers.by_signing_key(envelope.outer_header(data).kid_sig)
        if peer is None:
            raise UnknownSender
        return peer, envelope.check_outer(data, peer.statement)

    def _take(self, peer: Peer, outer: Outer, data: bytes) -> bytes:
        try:
            opened = self._open(peer, outer)
        except NotAccepted as no:
            return self._turn_away(peer, outer, None, no)
        hit("receive.opened")
        known = self.ports.inbox.get(peer.statement.node, opened.header.message)
        if known is not None and known.digest == opened.digest:
            return self._receipt_again(peer, known)
        try:
            if known is not None:
                raise Equivocation
            talking = placed(self.ports, peer, opened)
        except NotAccepted as no:
            return self._turn_away(peer, outer, opened, no)
        return self._keep(peer, talking, opened, data)

    def _open(self, peer: Peer, outer: Outer) -> Opened:
        if outer.header.epoch != peer.statement.epoch:
            raise WrongEpoch
        return Line(self.ports, peer).open(outer)

    def _keep(self, peer: Peer, talking: Conversation, opened: Opened, data: bytes) -> bytes:
        """Store the row, apply it unless it has to wait, write the receipt."""
        row = _row(peer, opened, data)
        row = replace(row, position=self.ports.inbox.add(row))
        hit("receive.stored")
        if talking.talk is not None and self.ports.conversations.get(talking.partner, talking.id) is None:
            self.ports.conversations.save(talking)
        if not waits(talking, opened):
            row = self._process(peer, row, opened)
        answer = self._answer(peer, row)
        self._go_on(peer, talking.id)
        return answer

    def _process(self, peer: Peer, row: Incoming, opened: Opened) -> Incoming:
        """Apply in a savepoint: a refusal undoes the effect, and only that."""
        try:
            with self.ports.unit():
                self._act(peer, opened)
                hit("receive.applied")
        except Refused as no:
            refusal = no.refusal if isinstance(no, NotAccepted) else Refusal.APPLY
            self._note(refusal, opened)
            return replace(row, state=InState.REFUSED, refusal=refusal, envelope=None)
        return replace(row, state=InState.PROCESSED)

    def _act(self, peer: Peer, opened: Opened) -> None:
        kind = known_kind(opened)
        if kind is None:
            raise UnknownKind
        _in_time(kind, opened)
        body = read_body(kind, opened.body)
        taken = self._step(peer, opened, kind, body) if of_referral(kind) else None
        if isinstance(body, KeyStatement):
            fresh = statement.verify(from_base64(body.statement), peer.statement, at=clock.now())
            self.ports.peers.save(replace(peer, statement=fresh, failures=0, not_before=None))
        hit("receive.stepped")
        self.apply(Arrival(peer.statement.node, opened, kind, body, taken))

    def _step(self, peer: Peer, opened: Opened, kind: Kind, body: Wire) -> Step:
        sender, name = peer.statement.node, opened.header.conversation
        talking = self.ports.conversations.get(sender, name)
        if talking is None or talking.talk is None:
            raise UnknownKind
        taken = step(talking.talk, kind, Way.RECEIVED, body, at=clock.now())
        if isinstance(body, Crossed):
            self._recheck(peer, talking, kind, body)
        self.ports.conversations.save(replace(talking, talk=taken.talk))
        if Effect.STOP_SHARING in taken.effects:
            stop_personal(self.ports, sender, name)
        return taken

    def _recheck(self, peer: Peer, talking: Conversation, kind: Kind, body: Crossed) -> None:
        assert talking.talk is not None  # noqa: S101 - for the type checker; _step has looked
        recheck(
            kind,
            body,
            talk=talking.talk,
            giver=peer.statement,
            me=self.ports.identity.statement().node,
            at=clock.now(),
            withdrawn=frozenset(self.ports.conversations.withdrawn(talking.partner, talking.id)),
        )

    def _go_on(self, peer: Peer, conversation: str) -> None:
        """Move the head over every message now in its place, and apply those that waited."""
        sender = peer.statement.node
        while talking := self.ports.conversations.get(sender, conversation):
            row = self.ports.inbox.at(sender, conversation, talking.in_sequence + 1)
            if row is None:
                return
            if row.state is InState.HELD:
                self._answer(peer, self._release(peer, talking, row))
            talking = self.ports.conversations.get(sender, conversation) or talking
            self.ports.conversations.save(replace(talking, in_sequence=row.sequence, in_digest=row.digest))
            hit("receive.head_moved")

    def _release(self, peer: Peer, talking: Conversation, row: Incoming) -> Incoming:
        """Apply a message that waited. One that cannot be opened any more is refused, and blocks nobody."""
        try:
            outer = envelope.check_outer(row.envelope or b"", peer.statement)
            mine = self.ports.identity
            opened = envelope.open_(
                outer, mine.keys(), peer.statement, me=mine.statement().node, suite=outer.header.suite
            )
            if row.prev_inner != talking.in_digest:
                raise BrokenChain
        except NotAccepted as no:
            self.ports.journal.note(
                f"refused.{no.refusal}",
                partner=row.sender,
                conversation=row.conversation,
                message=row.message,
            )
            return replace(row, state=InState.REFUSED, refusal=no.refusal, envelope=None)
        return self._process(peer, row, opened)

    def _answer(self, peer: Peer, row: Incoming) -> bytes:
        line, now = Line(self.ports, peer), clock.now()
        inner = line.receipt(row.conversation, _receipt(row, now), now)
        row = replace(row, receipt=inner.plaintext, receipt_envelope=line.seal(inner, now))
        self.ports.inbox.save(row)
        hit("receive.receipt_written")
        return row.receipt_envelope

    def _receipt_again(self, peer: Peer, row: Incoming) -> bytes:
        line, now = Line(self.ports, peer), clock.now()
        if line.still_good(row.receipt_envelope, now):
            return row.receipt_envelope
        again = line.seal(envelope.reread(row.receipt), now)
        self.ports.inbox.save(replace(row, receipt_envelope=again))
        return again

    def _turn_away(self, peer: Peer, outer: Outer, opened: Opened | None, no: NotAccepted) -> bytes:
        """A signed refusal for what is not stored. The sender is proven; the content is not taken."""
        now = clock.now()
        if opened is not None:
            self._note(no.refusal, opened)
        else:
            self.ports.journal.note(f"refused.{no.refusal}", partner=peer.statement.node)
        body = Receipt(
            message=opened.header.message if opened else None,
            inner=opened.digest if opened else None,
            cipher=outer.digest,
            status="refused",
            refusal=no.refusal,
            at=now,
        )
        line = Line(self.ports, peer)
        conversation = opened.header.conversation if opened else NODE_CONVERSATION
        return line.seal(line.receipt(conversation, body, now), now)

    def _note(self, refusal: Refusal, opened: Opened) -> None:
        header = opened.header
        self.ports.journal.note(
            f"{'alarm' if refusal in ALARMS else 'refused'}.{refusal}",
            partner=header.sender,
            conversation=header.conversation,
            message=header.message,
        )


def _in_time(kind: Kind, opened: Opened) -> None:
    """Expiry by the receiver's clock; the sender cannot lengthen what the standard sets."""
    life, header = TRAITS[kind].expires, opened.header
    if life is None:
        return
    if header.expires is None:
        raise BadBody
    if clock.now() > min(header.expires, header.created + life) + GRACE:
        raise Expired


def _row(peer: Peer, opened: Opened, data: bytes) -> Incoming:
    header = opened.header
    return Incoming(
        sender=peer.statement.node,
        message=header.message,
        conversation=header.conversation,
        kind=opened.kind,
        sequence=header.sequence,
        prev_inner=header.prev_inner,
        digest=opened.digest,
        cipher=opened.outer.digest,
        state=InState.HELD,
        received=clock.now(),
        envelope=data,
    )


def _receipt(row: Incoming, at: datetime) -> Receipt:
    status = {InState.HELD: "stored", InState.PROCESSED: "processed", InState.REFUSED: "refused"}[row.state]
    return Receipt.model_validate(
        {
            "message": row.message,
            "inner": row.digest,
            "cipher": row.cipher,
            "status": status,
            "refusal": row.refusal,
            "at": at,
            "position": row.position,
        }
    )
