"""Outbox and inbox over Django's rows. A waiting message lies sealed under a key of its own."""

from datetime import datetime

from opentrm.federation.kinds import Kind
from opentrm.federation.ports import Incoming, InState, Outgoing, OutState
from opentrm.federation.refusal import Refusal
from opentrm.node import current
from opentrm.referrals.models import InMessage, OutMessage
from opentrm.vault import Place, Wrapped, new_key, seal, unseal

OPEN = (OutState.WAITING.value, OutState.STORED.value)


class OutboxRows:
    """Rows written in the transaction of the act."""

    def add(self, row: Outgoing) -> None:
        """Store a new row."""
        key = new_key()
        wrapped = current.keyring().wrap(key, about=_about(row.message))
        OutMessage.objects.create(
            message=row.message, partner=row.partner, conversation=row.conversation, kind=row.kind.value,
            sequence=row.sequence, digest=row.digest, generation=wrapped.generation, wrapped=wrapped.blob,
            sealed=seal(key, row.plaintext, _place(row.message)), created=row.created, expires=row.expires,
            next_try=row.next_try, state=row.state.value,
        )  # fmt: skip

    def get(self, message: str) -> Outgoing | None:
        """The row of this message, fresh."""
        row = OutMessage.objects.filter(pk=message).first()
        return _out(row) if row else None

    def due(self, now: datetime, limit: int) -> list[Outgoing]:
        """WAITING and STORED rows with ``next_try`` <= now, by partner, conversation, sequence."""
        found = OutMessage.objects.filter(state__in=OPEN, next_try__lte=now)
        return [_out(row) for row in found.order_by("partner", "conversation", "sequence")[:limit]]

    def claim(self, message: str, now: datetime, until: datetime) -> bool:
        """Take a row still due by one conditional update; False if another worker did."""
        found = OutMessage.objects.filter(pk=message, state__in=OPEN, next_try__lte=now)
        return found.update(next_try=until) == 1

    def save(self, row: Outgoing) -> None:
        """Store the changed row."""
        OutMessage.objects.filter(pk=row.message).update(
            next_try=row.next_try, state=row.state.value, attempts=row.attempts, envelope=row.envelope,
            receipt=row.receipt, refusal=row.refusal.value if row.refusal else "",
        )  # fmt: skip

    def waiting(self, partner: str, conversation: str) -> list[Outgoing]:
        """WAITING rows of one conversation."""
        found = OutMessage.objects.filter(partner=partner, conversation=conversation, state=OutState.WAITING.value)
        return [_out(row) for row in found]

    def wake(self, partner: str, now: datetime) -> None:
        """Make every row of this partner that was tried before due now."""
        OutMessage.objects.filter(partner=partner, state__in=OPEN, attempts__gt=0, next_try__gt=now).update(
            next_try=now
        )


class InboxRows:
    """What arrived; the envelope stays as it came, so that it can be shown to an auditor."""

    def get(self, sender: str, message: str) -> Incoming | None:
        """The row of this message; (sender, message) is unique."""
        row = InMessage.objects.filter(sender=sender, message=message).first()
        return _in(row) if row else None

    def at(self, sender: str, conversation: str, sequence: int) -> Incoming | None:
        """The row at this place of the conversation."""
        if not sequence:
            return None
        row = InMessage.objects.filter(sender=sender, conversation=conversation, sequence=sequence).first()
        return _in(row) if row else None

    def add(self, row: Incoming) -> int:
        """Store a new row and return its position in this node's log, from 1."""
        made = InMessage.objects.create(
            sender=row.sender, message=row.message, conversation=row.conversation, kind=row.kind,
            sequence=row.sequence, prev_inner=row.prev_inner, digest=row.digest, cipher=row.cipher,
            state=row.state.value, received=row.received, envelope=row.envelope,
        )  # fmt: skip
        return made.position

    def save(self, row: Incoming) -> None:
        """Store the changed row."""
        InMessage.objects.filter(sender=row.sender, message=row.message).update(
            state=row.state.value, envelope=row.envelope, receipt=row.receipt,
            receipt_envelope=row.receipt_envelope, refusal=row.refusal.value if row.refusal else "",
        )  # fmt: skip

    def held(self, sender: str, conversation: str) -> int:
        """How many rows of this conversation are HELD."""
        return InMessage.objects.filter(sender=sender, conversation=conversation, state=InState.HELD.value).count()


def _out(row: OutMessage) -> Outgoing:
    key = current.keyring().unwrap(Wrapped(row.generation, bytes(row.wrapped)), about=_about(row.message))
    return Outgoing(
        message=row.message, partner=row.partner, conversation=row.conversation, kind=Kind(row.kind),
        sequence=row.sequence, digest=row.digest, plaintext=unseal(key, bytes(row.sealed), _place(row.message)),
        created=row.created, expires=row.expires, next_try=row.next_try, state=OutState(row.state),
        attempts=row.attempts, envelope=_bytes(row.envelope), receipt=_bytes(row.receipt),
        refusal=Refusal(row.refusal) if row.refusal else None,
    )  # fmt: skip


def _in(row: InMessage) -> Incoming:
    return Incoming(
        sender=row.sender, message=row.message, conversation=row.conversation, kind=row.kind, sequence=row.sequence,
        prev_inner=row.prev_inner, digest=row.digest, cipher=row.cipher, state=InState(row.state),
        received=row.received, envelope=_bytes(row.envelope), receipt=bytes(row.receipt),
        receipt_envelope=bytes(row.receipt_envelope), refusal=Refusal(row.refusal) if row.refusal else None,
        position=row.position,
    )  # fmt: skip


def _bytes(value: object) -> bytes | None:
    return bytes(value) if value is not None else None  # type: ignore[call-overload]


def _about(message: str) -> bytes:
    return f"message|{message}".encode()


def _place(message: str) -> Place:
    return Place(table="out_message", row=message, column="sealed", generation="1")
