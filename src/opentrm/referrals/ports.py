"""The exchange's ports over Django's rows (see ``opentrm.federation.ports`` for what each one promises)."""

from collections.abc import Iterable
from contextlib import AbstractContextManager

from django.db import transaction

from opentrm.audit import record as audit
from opentrm.audit.record import Machine
from opentrm.federation import ports
from opentrm.federation import statement as statements
from opentrm.federation.keys import NodeKeys
from opentrm.federation.ports import Conversation, Peer
from opentrm.federation.statement import NodeStatement
from opentrm.federation.states import Talk
from opentrm.kernel import clock
from opentrm.referrals import identity, models
from opentrm.referrals.boxes import InboxRows, OutboxRows
from opentrm.referrals.carrier import HttpWire


class ConversationRows:
    """Conversations, locked while the unit lasts."""

    def get(self, partner: str, conversation: str) -> Conversation | None:
        """The conversation, locked until the unit ends."""
        found = models.Conversation.objects.select_for_update()
        row = found.filter(partner=partner, conversation=conversation).first()
        if row is None:
            return None
        talk = Talk.read(row.talk) if row.talk else None
        return Conversation(row.conversation, row.partner, talk, row.out_sequence, row.out_digest, row.in_sequence,
                            row.in_digest)  # fmt: skip

    def save(self, conversation: Conversation) -> None:
        """Store it, new or changed; the referral's own state follows."""
        talk = conversation.talk
        models.Conversation.objects.update_or_create(
            partner=conversation.partner, conversation=conversation.id,
            defaults={
                "talk": talk.to_json() if talk else None, "out_sequence": conversation.out_sequence,
                "out_digest": conversation.out_digest, "in_sequence": conversation.in_sequence,
                "in_digest": conversation.in_digest,
            },
        )  # fmt: skip
        if talk is not None:
            own = models.Referral.objects.filter(pk=conversation.id, partner__node=conversation.partner)
            own.update(state=talk.state.value, moved_at=clock.now())

    def withdrawn(self, partner: str, conversation: str) -> Iterable[str]:
        """Ids of the consents withdrawn in it."""
        row = models.Conversation.objects.filter(partner=partner, conversation=conversation).first()
        return tuple(row.withdrawn) if row else ()


class PeerRows:
    """The partners two people confirmed. An unconfirmed one is no partner."""

    def by_node(self, node: str) -> Peer | None:
        """The partner with this node id."""
        row = models.Partner.objects.exclude(confirmed_at=None).filter(node=node).first()
        return _peer(row) if row else None

    def by_signing_key(self, kid: str) -> Peer | None:
        """The partner whose statement lists this signing key."""
        for row in models.Partner.objects.exclude(confirmed_at=None):
            peer = _peer(row)
            if any(entry.kid == kid for entry in peer.statement.signing):
                return peer
        return None

    def save(self, peer: Peer) -> None:
        """Store the state of the line."""
        models.Partner.objects.filter(node=peer.statement.node).update(
            suspended=peer.suspended, failures=peer.failures, not_before=peer.not_before
        )


class OwnIdentity:
    """This node's statement and private keys, from its home folder."""

    def statement(self) -> NodeStatement:
        """The statement partners hold of us."""
        return identity.own_statement()

    def keys(self) -> NodeKeys:
        """The private keys."""
        return identity.own_keys()


class AuditJournal:
    """What the exchange notes goes into the node's own log."""

    def note(self, event: str, *, partner: str, conversation: str = "", message: str = "") -> None:
        """Record an event, such as ``refused.state`` or ``alarm.fork``."""
        decision = "refused" if event.startswith(("refused", "alarm", "partner-refused")) else "done"
        audit.record(Machine("exchange"), event[:60], about=conversation or None, decision=decision, reason=partner)


class Rows:
    """All ports of this node."""

    def __init__(self, wire: ports.Wire | None = None) -> None:
        self.outbox: ports.Outbox = OutboxRows()
        self.inbox: ports.Inbox = InboxRows()
        self.conversations: ports.Conversations = ConversationRows()
        self.peers: ports.Peers = PeerRows()
        self.identity: ports.Identity = OwnIdentity()
        self.journal: ports.Journal = AuditJournal()
        self.wire: ports.Wire = wire or HttpWire()

    def unit(self) -> AbstractContextManager[None]:
        """One transaction; nested, a savepoint."""
        return transaction.atomic()


def _peer(row: models.Partner) -> Peer:
    statement = statements.verify(bytes(row.statement))
    return Peer(statement, row.suspended, row.failures, row.not_before)
