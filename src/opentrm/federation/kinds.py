"""Every message of TRM/1, as one enum, and how each one travels, as one table."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum, auto


class Kind(StrEnum):
    """The kinds of message. The values are the names on the wire."""

    @staticmethod
    def _generate_next_value_(name: str, start: int, count: int, last_values: list[str]) -> str:
        return name

    REQUEST = auto()
    CLARIFY_ASK = auto()
    CLARIFY_ANSWER = auto()
    OFFER = auto()
    COUNTER = auto()
    DECLINE = auto()
    TERMS = auto()
    LOCK = auto()
    JOINT_RISK = auto()
    DISCLOSE = auto()
    TRAVEL_PLAN = auto()
    UPDATE = auto()
    ARRIVED = auto()
    NOT_ARRIVED = auto()
    HANDOVER_CONFIRMED = auto()
    PROGRESS = auto()
    FEEDBACK_SUMMARY = auto()
    CLOSE = auto()
    CANCEL = auto()
    WITHDRAW = auto()
    RECALL = auto()
    ERASE = auto()
    ERASED = auto()
    ERASE_REFUSED = auto()
    RECTIFY = auto()
    RESTRICT = auto()
    ACCESS_COPY = auto()
    RECEIPT = auto()
    RESYNC = auto()
    TRANSCRIPT = auto()
    KEY_STATEMENT = auto()
    KEY_REVOKE = auto()
    SUSPEND = auto()
    PING = auto()


@dataclass(frozen=True)
class Traits:
    """How a kind travels.

    ``expires``: how long it may still be acted on (None: for ever). ``urgent``: a person is alerted when
    it has not been processed after this time. ``ordered``: waits for the messages before it.
    ``personal``: its body may only come from a Crossing. ``when_suspended``: passes a suspended
    partnership. ``of_node``: between nodes, about no referral.
    """

    expires: timedelta | None = timedelta(days=30)
    urgent: timedelta = timedelta(hours=24)
    ordered: bool = True
    personal: bool = False
    when_suspended: bool = False
    of_node: bool = False


_SOON = timedelta(hours=2)
_NOW = timedelta(minutes=15)
_RIGHTS = Traits(expires=None, urgent=_NOW, ordered=False, when_suspended=True)
_NODE = Traits(ordered=False, of_node=True)

TRAITS: Mapping[Kind, Traits] = {
    **{kind: Traits() for kind in Kind},
    Kind.REQUEST: Traits(expires=timedelta(days=14)),
    Kind.DISCLOSE: Traits(urgent=_SOON, personal=True),
    Kind.TRAVEL_PLAN: Traits(urgent=_SOON, personal=True),
    Kind.UPDATE: Traits(urgent=_NOW),
    Kind.PROGRESS: Traits(personal=True),
    Kind.FEEDBACK_SUMMARY: Traits(personal=True),
    Kind.ACCESS_COPY: Traits(personal=True),
    Kind.ARRIVED: Traits(urgent=_SOON),
    Kind.HANDOVER_CONFIRMED: Traits(urgent=_SOON),
    Kind.NOT_ARRIVED: Traits(expires=None, urgent=_NOW, ordered=False, when_suspended=True),
    Kind.WITHDRAW: _RIGHTS,
    Kind.RECALL: _RIGHTS,
    Kind.ERASE: _RIGHTS,
    Kind.ERASED: Traits(expires=None, ordered=False, when_suspended=True),
    Kind.ERASE_REFUSED: Traits(expires=None, ordered=False, when_suspended=True),
    Kind.RECEIPT: Traits(expires=None, ordered=False, when_suspended=True),
    Kind.RESYNC: _NODE,
    Kind.TRANSCRIPT: _NODE,
    Kind.KEY_STATEMENT: Traits(expires=None, ordered=False, of_node=True),
    Kind.KEY_REVOKE: Traits(expires=None, urgent=_NOW, ordered=False, when_suspended=True, of_node=True),
    Kind.SUSPEND: Traits(expires=None, urgent=_NOW, ordered=False, when_suspended=True, of_node=True),
    Kind.PING: Traits(expires=timedelta(hours=1), ordered=False, of_node=True),
}
