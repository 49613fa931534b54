"""Why a message is not accepted: one code, one sentence, one exception type each."""

from enum import StrEnum
from typing import ClassVar

from opentrm.kernel.errors import Refused


class Refusal(StrEnum):
    """The codes that a REFUSED receipt carries. The list is part of the standard."""

    FORM = "form"
    TOO_LARGE = "too-large"
    SIGNATURE = "signature"
    SENDER = "sender"
    RECIPIENT = "recipient"
    KEY = "key"
    SUITE = "suite"
    OPEN = "open"
    EPOCH = "epoch"
    CLOCK = "clock"
    EXPIRED = "expired"
    SEQUENCE = "sequence"
    CHAIN = "chain"
    EQUIVOCATION = "equivocation"
    HELD_FULL = "held-full"
    SUSPENDED = "suspended"
    QUOTA = "quota"
    KIND = "kind"
    BODY = "body"
    STATE = "state"
    OFFER = "offer"
    WITHDRAWN = "withdrawn"
    SCOPE = "scope"
    CONSENT = "consent"
    RISK = "risk"
    RECEIPT = "receipt"
    STATEMENT = "statement"
    APPLY = "apply"


# After these the sender keeps the message and tries again: nothing about the message itself is wrong.
PASSING = frozenset(
    {
        Refusal.CLOCK,
        Refusal.EPOCH,
        Refusal.KEY,
        Refusal.SUITE,
        Refusal.HELD_FULL,
        Refusal.SUSPENDED,
        Refusal.QUOTA,
    }
)


class NotAccepted(Refused):
    """A message, statement or receipt was not accepted; ``refusal`` is its code on the wire."""

    code = "not-accepted"
    refusal: ClassVar[Refusal] = Refusal.FORM
    sentence: ClassVar[str] = "The message was not understood, and nothing was changed."

    def __init__(self, reason: str = "", *, field: str = "") -> None:
        super().__init__(reason or self.sentence, field=field)


class NotCanonical(NotAccepted):
    """The bytes are not the canonical form."""


class BadFrame(NotAccepted):
    """The bytes are not an envelope."""


class TooLarge(NotAccepted):
    """Larger than the greatest bucket."""

    refusal = Refusal.TOO_LARGE
    sentence = "The message is too large: 256 KiB is the most that can cross."


class BadSignature(NotAccepted):
    """A signature does not fit the bytes."""

    refusal = Refusal.SIGNATURE
    sentence = "The signature does not fit the message, so it was not opened."


class UnknownSender(NotAccepted):
    """No trusted partner signs with this key, or the partner named inside is another."""

    refusal = Refusal.SENDER
    sentence = "The message does not come from a partner that this node trusts."


class WrongRecipient(NotAccepted):
    """The signed header names another node: a forwarded message."""

    refusal = Refusal.RECIPIENT
    sentence = "The message was meant for another node."


class UnknownKey(NotAccepted):
    """Sealed or signed with a key that is not, or no longer, in use."""

    refusal = Refusal.KEY
    sentence = "The message uses a key that is not in use; the partners should exchange their statements."


class SuiteRefused(NotAccepted):
    """The suite is unknown, does not fit the key, or is weaker than both sides can do."""

    refusal = Refusal.SUITE
    sentence = "The message uses a weaker or unknown encryption than both nodes agreed on."


class CannotOpen(NotAccepted):
    """Decryption failed: altered on the way, or sealed for somebody else."""

    refusal = Refusal.OPEN
    sentence = "The message cannot be opened: it was altered on the way or sealed for another node."


class WrongEpoch(NotAccepted):
    """Sent by an earlier life of the partner, or by one this node has no statement of."""

    refusal = Refusal.EPOCH
    sentence = "The message was sent before the partner was restored; the partner must send it again."


class WrongClock(NotAccepted):
    """Created further in the future or the past than clocks may differ."""

    refusal = Refusal.CLOCK
    sentence = "The clocks of the two nodes differ too much; correct the clock and send again."


class Expired(NotAccepted):
    """Too late to act on."""

    refusal = Refusal.EXPIRED
    sentence = "The message arrived after its time had passed; ask the partner before acting on it."


class OutOfSequence(NotAccepted):
    """Its place in the conversation is already taken."""

    refusal = Refusal.SEQUENCE
    sentence = "The message does not follow on from those before it."


class BrokenChain(NotAccepted):
    """The digest of the message before it is not the one that was received."""

    refusal = Refusal.CHAIN
    sentence = "The message names another message before it than the one that arrived."


class Equivocation(NotAccepted):
    """Two different messages under one id or one sequence number."""

    refusal = Refusal.EQUIVOCATION
    sentence = "The partner sent two different messages under one number; telephone the partner."


class HeldFull(NotAccepted):
    """Too many messages wait for one that is missing."""

    refusal = Refusal.HELD_FULL
    sentence = "Too many messages wait for one that has not arrived."


class Suspended(NotAccepted):
    """The partnership is suspended: only withdrawal, erasure, alarm and receipts pass."""

    refusal = Refusal.SUSPENDED
    sentence = "Work with this partner is suspended; telephone the partner."


class UnknownKind(NotAccepted):
    """The kind of message is not in the standard, or is not in use here."""

    refusal = Refusal.KIND
    sentence = "This node does not know that kind of message."


class BadBody(NotAccepted):
    """A field is missing, surplus or wrong."""

    refusal = Refusal.BODY
    sentence = "A field of the message is missing, wrong or not allowed."


class WrongState(NotAccepted):
    """The dialogue table does not list this message here."""

    refusal = Refusal.STATE
    sentence = "This message does not belong at this point of the referral."


class WrongOffer(NotAccepted):
    """It speaks of another offer than the one on the table."""

    refusal = Refusal.OFFER
    sentence = "The message speaks of an offer that is no longer the current one."


class Withdrawn(NotAccepted):
    """She has withdrawn; nothing more about her is taken in."""

    refusal = Refusal.WITHDRAWN
    sentence = "The person has withdrawn her consent, so nothing more is shared."


class OutOfScope(NotAccepted):
    """Holds more than her consent covers."""

    refusal = Refusal.SCOPE
    sentence = "The message holds more than she agreed to share; it was not kept."


class NoConsent(NotAccepted):
    """Her consent is missing, expired, or given for another offer, recipient or purpose."""

    refusal = Refusal.CONSENT
    sentence = "Her consent does not cover this: ask her for consent to exactly this."


class RiskOpen(NotAccepted):
    """The two countries have not both scored the risk, or have not agreed."""

    refusal = Refusal.RISK
    sentence = "Both countries must score the risk before this can be done."


class BadReceipt(NotAccepted):
    """A receipt for a message never sent, or for another content."""

    refusal = Refusal.RECEIPT
    sentence = "The receipt does not fit the message that was sent."


class BadStatement(NotAccepted):
    """A node statement is not signed by the known root, or is older than the one held."""

    refusal = Refusal.STATEMENT
    sentence = "The partner's statement of keys is not genuine or is out of date; telephone the partner."
