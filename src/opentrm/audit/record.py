"""Adding a leaf: inside the caller's transaction, so that an act without its entry cannot be."""

import hashlib
import json
from dataclasses import dataclass
from typing import Protocol

from django.db import transaction

from opentrm.audit.models import Head, Leaf
from opentrm.kernel import clock
from opentrm.kernel.errors import Refused
from opentrm.node import current


class Actor(Protocol):
    """Whoever acts: a signed-in person, the software itself, a partner node, or she with her card."""

    @property
    def audit_name(self) -> str:
        """A name that is stable inside this node and says nothing outside it."""
        ...


@dataclass(frozen=True)
class Machine:
    """The node acting by itself: a worker, a command, a partner's message."""

    name: str

    @property
    def audit_name(self) -> str:
        """The part of the software that acted."""
        return f"machine:{self.name}"


def pseudonym(kind: str, value: object) -> str:
    """A keyed mark for the log: equal for equal things on this node, meaningless to a reader without its key."""
    return current.keyring().mark(f"audit.{kind}", str(value)).hex()


def record(
    actor: Actor,
    act: str,
    *,
    about: object | None = None,
    section: str = "",
    decision: str = "done",
    reason: str = "",
    detail: str = "",
) -> Leaf:
    """Add one leaf to the log.

    ``about`` is a case id or another row id (kept as a pseudonym); ``detail`` is covered by a salted
    commitment only. Raises RuntimeError outside a transaction: an act and its entry stand or fall together.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("An audit leaf is written in the transaction of its act.")
    head = Head.objects.select_for_update().get_or_create(pk=1)[0]
    at = clock.now()
    subject = pseudonym("about", about) if about is not None else ""
    body = _canonical(head, at.isoformat(), actor, act, subject, section, decision, reason, detail)
    digest = hashlib.sha256(body.encode()).hexdigest()
    leaf = Leaf.objects.create(index=head.size, at=at, act=act, about=subject, body=body, digest=digest)
    Head.objects.filter(pk=1).update(size=head.size + 1, digest=digest)
    return leaf


def refused(actor: Actor, act: str, refusal: Refused, *, about: object | None = None) -> None:
    """Record that someone was refused, in a transaction of its own: the act's was rolled back."""
    with transaction.atomic():
        record(actor, act, about=about, decision="refused", reason=refusal.code)


def _canonical(
    head: Head,
    at: str,
    actor: Actor,
    act: str,
    about: str,
    section: str,
    decision: str,
    reason: str,
    detail: str,
) -> str:
    leaf = {
        "index": head.size, "prev": head.digest, "at": at, "actor": actor.audit_name, "act": act,
        "about": about, "section": section, "decision": decision, "reason": reason,
        "detail": pseudonym("detail", f"{head.size}:{detail}") if detail else "",
    }  # fmt: skip
    return json.dumps(leaf, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
