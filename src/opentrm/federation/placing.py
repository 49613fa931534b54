"""Where a message stands in its conversation: next, early, taken, or not to be taken in at all."""

from datetime import timedelta

from opentrm.federation.dialogue import of_referral
from opentrm.federation.envelope import Opened
from opentrm.federation.kinds import TRAITS, Kind
from opentrm.federation.ports import Conversation, Peer, Ports
from opentrm.federation.refusal import (
    BrokenChain,
    Equivocation,
    HeldFull,
    OutOfSequence,
    Suspended,
    UnknownKind,
    WrongClock,
)
from opentrm.federation.sending import NODE_CONVERSATION
from opentrm.federation.states import Side, new_talk
from opentrm.kernel import clock

GRACE = timedelta(minutes=10)
MOST_HELD = 100


def known_kind(opened: Opened) -> Kind | None:
    """The kind, where this node knows it."""
    return Kind(opened.kind) if opened.kind in Kind.__members__ else None


def waits(talking: Conversation, opened: Opened) -> bool:
    """Whether one before it is still missing, and it is not of a kind that goes ahead."""
    kind = known_kind(opened)
    goes_ahead = kind is not None and not TRAITS[kind].ordered
    return not goes_ahead and opened.header.sequence > talking.in_sequence + 1


def placed(ports: Ports, peer: Peer, opened: Opened) -> Conversation:
    """The conversation in which the message may take its place; otherwise a refusal, and nothing is stored.

    Suspended, WrongClock, UnknownKind, Equivocation, OutOfSequence, BrokenChain or HeldFull.
    """
    header, kind, sender = opened.header, known_kind(opened), peer.statement.node
    if peer.suspended and not (kind and TRAITS[kind].when_suspended):
        raise Suspended
    if header.created > clock.now() + GRACE:
        raise WrongClock
    node_level = kind is not None and not of_referral(kind)
    if node_level or header.sequence == 0 or header.conversation == NODE_CONVERSATION:
        return _node_level(sender, opened, allowed=node_level)
    talking = ports.conversations.get(sender, header.conversation)
    talking = talking or Conversation(header.conversation, sender, new_talk(Side.DESTINATION))
    _free(ports, talking, opened)
    return talking


def _node_level(sender: str, opened: Opened, *, allowed: bool) -> Conversation:
    header = opened.header
    right = header.sequence == 0 and header.conversation == NODE_CONVERSATION
    if not (allowed and right) or opened.kind == Kind.RECEIPT:
        raise UnknownKind
    return Conversation(NODE_CONVERSATION, sender, None)


def _free(ports: Ports, talking: Conversation, opened: Opened) -> None:
    header = opened.header
    if ports.inbox.at(talking.partner, talking.id, header.sequence) is not None:
        raise Equivocation
    if header.sequence <= talking.in_sequence:
        raise OutOfSequence
    if header.sequence == talking.in_sequence + 1 and header.prev_inner != talking.in_digest:
        raise BrokenChain
    if waits(talking, opened) and ports.inbox.held(talking.partner, talking.id) >= MOST_HELD:
        raise HeldFull
