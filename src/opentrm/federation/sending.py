"""The sender's half: post in the transaction of the act, deliver until the partner has processed it."""

import random
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from opentrm.federation import canon, envelope
from opentrm.federation.bodies import read_body
from opentrm.federation.bodies.nodes import Receipt
from opentrm.federation.crossing import Crossing
from opentrm.federation.dialogue import Effect, Step, of_referral, partner_refused, step
from opentrm.federation.failpoints import hit
from opentrm.federation.fields import Wire
from opentrm.federation.kinds import TRAITS, Kind
from opentrm.federation.ports import Conversation, Outgoing, OutState, Peer, Ports, WireFailed
from opentrm.federation.readiness import Readiness
from opentrm.federation.receipts import Line
from opentrm.federation.refusal import PASSING, NotAccepted, OutOfScope, Refusal, Suspended, UnknownSender
from opentrm.federation.states import Side, Way, new_talk
from opentrm.kernel import clock

NODE_CONVERSATION = "0" * 32
FIRST_DELAY, LONGEST_DELAY = timedelta(seconds=5), timedelta(hours=1)
LEASE = timedelta(minutes=2)  # longer than any one attempt; then another worker may take the row
TOLERATED = 3  # failures in a row before nothing is tried on this line for a while

OnRefused = Callable[[Outgoing, Refusal], None]


@dataclass(frozen=True)
class Posted:
    """The row that waits, and what the act means for the case (None for node-level messages)."""

    row: Outgoing
    step: Step | None


@dataclass(frozen=True)
class Sender:
    """Writes messages and brings them across."""

    ports: Ports
    on_refused: OnRefused
    chance: random.Random

    def post(
        self,
        partner: str,
        conversation: str,
        kind: Kind,
        body: Wire | Crossing,
        readiness: Readiness | None,
    ) -> Posted:
        """Take the step and write the row, in the unit the caller has opened."""
        at = clock.now()
        self._partner(partner, kind)
        plain = _plain(kind, body, partner)
        model = read_body(kind, plain)
        talking = self._conversation(partner, conversation, kind)
        taken = None
        if talking.talk is not None:
            taken = step(talking.talk, kind, Way.SENT, model, at=at, readiness=readiness)
        hit("post.stepped")
        row = self._compose(talking, kind, plain, at)
        numbered = replace(
            talking,
            talk=taken.talk if taken else None,
            out_sequence=row.sequence,
            out_digest=row.digest,
        )
        self.ports.conversations.save(numbered if taken else talking)
        hit("post.conversation_saved")
        self.ports.outbox.add(row)
        hit("post.row_added")
        if taken and Effect.STOP_SHARING in taken.effects:
            stop_personal(self.ports, partner, conversation)
        hit("post.done")
        return Posted(row, taken)

    def _partner(self, partner: str, kind: Kind) -> Peer:
        peer = self.ports.peers.by_node(partner)
        if peer is None:
            raise UnknownSender("This node has no such partner.")
        if peer.suspended and not TRAITS[kind].when_suspended:
            raise Suspended
        return peer

    def _conversation(self, partner: str, conversation: str, kind: Kind) -> Conversation:
        if not of_referral(kind):
            return Conversation(NODE_CONVERSATION, partner, None)
        found = self.ports.conversations.get(partner, conversation)
        return found or Conversation(conversation, partner, new_talk(Side.ORIGIN))

    def _compose(self, talking: Conversation, kind: Kind, plain: canon.Json, at: datetime) -> Outgoing:
        traits = TRAITS[kind]
        inner = envelope.compose(
            kind,
            plain,
            sender=self.ports.identity.statement().node,
            recipient=talking.partner,
            conversation=talking.id,
            sequence=0 if traits.of_node else talking.out_sequence + 1,
            prev_inner=None if traits.of_node else talking.out_digest,
            created=at,
            expires=at + traits.expires if traits.expires else None,
        )
        return Outgoing(
            message=inner.header.message,
            partner=talking.partner,
            conversation=talking.id,
            kind=kind,
            sequence=inner.header.sequence,
            digest=inner.digest,
            plaintext=inner.plaintext,
            created=at,
            expires=inner.header.expires,
            next_try=at,
        )

    def deliver_due(self, limit: int) -> int:
        """Try every row whose time has come, once; how many the partner answered."""
        with self.ports.unit():
            rows = self.ports.outbox.due(clock.now(), limit)
        return sum(self._deliver(row.message) for row in rows)

    def _deliver(self, message: str) -> bool:
        with self.ports.unit():
            taken = self._take(message)
        if taken is None:
            return False
        row, peer, data = taken
        hit("send.claimed")
        try:
            answer = self.ports.wire.send(peer, data)
        except WireFailed:
            with self.ports.unit():
                self._failed(message, peer.statement.node)
            return False
        hit("send.answered")
        with self.ports.unit():
            self._answered(row, data, answer)
        hit("send.recorded")
        return True

    def _take(self, message: str) -> tuple[Outgoing, Peer, bytes] | None:
        """Claim a row and seal it; the bytes of the last attempt again, where no key has changed."""
        now = clock.now()
        row = self.ports.outbox.get(message)
        peer = self.ports.peers.by_node(row.partner) if row else None
        if row is None or peer is None:
            return None
        shut = _shut_until(peer, row.kind, now)
        if not self.ports.outbox.claim(message, now, shut or now + LEASE) or shut:
            return None
        hit("send.taken")
        line = Line(self.ports, peer)
        data = row.envelope
        if data is None or not line.still_good(data, now):
            data = line.seal(envelope.reread(row.plaintext), now)
        row = replace(row, envelope=data, attempts=row.attempts + 1, next_try=now + LEASE)
        self.ports.outbox.save(row)
        hit("send.sealed")
        return row, peer, data

    def _failed(self, message: str, partner: str) -> None:
        now = clock.now()
        row, peer = self.ports.outbox.get(message), self.ports.peers.by_node(partner)
        if row is None or peer is None:
            return
        self.ports.outbox.save(replace(row, next_try=now + self._delay(row.attempts)))
        failures = peer.failures + 1
        rest = now + self._delay(failures) if failures >= TOLERATED else None
        self.ports.peers.save(replace(peer, failures=failures, not_before=rest))

    def _answered(self, sent: Outgoing, data: bytes, answer: bytes) -> None:
        row, peer = self.ports.outbox.get(sent.message), self.ports.peers.by_node(sent.partner)
        if row is None or peer is None:
            return
        try:
            receipt = Line(self.ports, peer).read_receipt(row, data, answer)
        except NotAccepted:
            self.ports.journal.note(
                "alarm.receipt", partner=row.partner, conversation=row.conversation, message=row.message
            )
            self._failed(row.message, row.partner)
            return
        heard(self.ports, peer)
        if row.state is not OutState.DONE:
            self._settle(row, receipt, answer)

    def _settle(self, row: Outgoing, receipt: Receipt, answer: bytes) -> None:
        now = clock.now()
        later = replace(row, next_try=now + self._delay(row.attempts), receipt=answer)
        if receipt.status == "processed":
            self.ports.outbox.save(replace(later, state=OutState.DONE))
        elif receipt.status == "stored":
            self.ports.outbox.save(replace(later, state=OutState.STORED))
        elif receipt.refusal in PASSING:
            self.ports.outbox.save(replace(later, refusal=receipt.refusal))
        else:
            self._refused(later, receipt.refusal or Refusal.FORM)

    def _refused(self, row: Outgoing, refusal: Refusal) -> None:
        self.ports.outbox.save(replace(row, state=OutState.REFUSED, refusal=refusal))
        self.ports.journal.note(
            f"partner-refused.{refusal}",
            partner=row.partner,
            conversation=row.conversation,
            message=row.message,
        )
        talking = self.ports.conversations.get(row.partner, row.conversation)
        if talking is not None and talking.talk is not None:
            body = read_body(row.kind, canon.parse_object(row.plaintext)["body"])
            back = partner_refused(talking.talk, row.kind, body)
            self.ports.conversations.save(replace(talking, talk=back))
        self.on_refused(row, refusal)

    def _delay(self, attempts: int) -> timedelta:
        """5 s, doubled each time, at most an hour, with full jitter (security handbook 3.7)."""
        ceiling: timedelta = min(LONGEST_DELAY, FIRST_DELAY * 2 ** min(max(attempts - 1, 0), 12))
        return ceiling * self.chance.random()


def _plain(kind: Kind, body: Wire | Crossing, partner: str) -> canon.Json:
    """Only a Crossing made for this kind and partner gives the body of a personal kind."""
    if not TRAITS[kind].personal:
        if isinstance(body, Crossing):
            raise OutOfScope
        return body.to_json()
    if not isinstance(body, Crossing) or (body.kind, body.recipient) != (kind, partner):
        raise OutOfScope("Nothing about a person leaves without a preview that was approved.")
    return body.body()


def _shut_until(peer: Peer, kind: Kind, now: datetime) -> datetime | None:
    if peer.suspended and not TRAITS[kind].when_suspended:
        return now + LONGEST_DELAY
    return peer.not_before if peer.not_before and peer.not_before > now else None


def heard(ports: Ports, peer: Peer) -> None:
    """Any sign of life opens the line again and makes what waits for this partner due."""
    if peer.failures or peer.not_before:
        ports.peers.save(replace(peer, failures=0, not_before=None))
    ports.outbox.wake(peer.statement.node, clock.now())


def stop_personal(ports: Ports, partner: str, conversation: str) -> None:
    """What is personal and still waits is never sent: a withdrawal outranks the queue."""
    for row in ports.outbox.waiting(partner, conversation):
        if TRAITS[row.kind].personal:
            ports.outbox.save(replace(row, state=OutState.STOPPED))
