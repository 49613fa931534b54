"""The exchange: at least once on the wire, once in effect (security handbook 3.7)."""

import random

from opentrm.federation.crossing import Crossing
from opentrm.federation.fields import Wire
from opentrm.federation.kinds import Kind
from opentrm.federation.ports import Outgoing, Ports
from opentrm.federation.readiness import Readiness
from opentrm.federation.receiving import Apply, Receiver
from opentrm.federation.refusal import Refusal
from opentrm.federation.sending import OnRefused, Posted, Sender


def _nobody(row: Outgoing, refusal: Refusal) -> None:
    """Nobody is told beyond the journal."""


class Exchange:
    """A node's side of all its conversations.

    ``apply`` does the business effect of an accepted message inside the same unit; it may raise Refused,
    which undoes it and is answered. ``on_refused`` learns that the partner refused what this node sent.
    """

    def __init__(
        self,
        ports: Ports,
        apply: Apply,
        on_refused: OnRefused = _nobody,
        chance: random.Random | None = None,
    ) -> None:
        self._sender = Sender(ports, on_refused, chance or random.SystemRandom())
        self._receiver = Receiver(ports, apply)

    def post(
        self,
        partner: str,
        conversation: str,
        kind: Kind,
        body: Wire | Crossing,
        *,
        readiness: Readiness | None = None,
    ) -> Posted:
        """Take a step of the dialogue and put its message in the outbox, inside the caller's unit.

        Refused (with its reason) where the table or a guard says no; a personal kind takes a Crossing only.
        """
        return self._sender.post(partner, conversation, kind, body, readiness)

    def receive(self, data: bytes) -> bytes:
        """Take an envelope in, exactly once in effect, and return the sealed receipt.

        NotAccepted is raised, and noted, only where no trusted partner's signature fits: answer nothing.
        """
        return self._receiver.receive(data)

    def deliver_due(self, limit: int = 50) -> int:
        """Try every message whose time has come; how many were answered. Opens its own units."""
        return self._sender.deliver_due(limit)
