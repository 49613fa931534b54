"""Reading the log from its first leaf and naming the first one that does not fit."""

import hashlib
import json
from dataclasses import dataclass

from opentrm.audit.models import Head, Leaf


@dataclass(frozen=True)
class Verdict:
    """How many leaves were read, and the index of the first bad one with the reason, if any."""

    size: int
    first_bad: int | None = None
    reason: str = ""


def verify() -> Verdict:
    """Recompute the chain over the whole log."""
    before, expected = "0" * 64, 0
    for leaf in Leaf.objects.order_by("index").iterator(chunk_size=2000):
        reason = _fault(leaf, expected, before)
        if reason:
            return Verdict(expected, expected, reason)
        before, expected = leaf.digest, expected + 1
    head = Head.objects.filter(pk=1).first()
    if head and (head.size, head.digest) != (expected, before):
        return Verdict(expected, expected, "The log ends before the place its head names.")
    return Verdict(expected)


def _fault(leaf: Leaf, expected: int, before: str) -> str:
    if leaf.index != expected:
        return "A leaf is missing here."
    if hashlib.sha256(leaf.body.encode()).hexdigest() != leaf.digest:
        return "This leaf was changed after it was written."
    body = json.loads(leaf.body)
    if body["prev"] != before or body["index"] != expected:
        return "This leaf does not follow the one before it."
    if (body["act"], body["about"]) != (leaf.act, leaf.about):
        return "The columns of this leaf do not say what its body says."
    return ""
