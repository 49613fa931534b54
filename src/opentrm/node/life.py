"""The node's life counter and the worker's pulse."""

from datetime import timedelta

from opentrm.kernel import clock
from opentrm.node.models import Life

PULSE = timedelta(seconds=60)


def life() -> Life:
    """The one row that counts this node's lives."""
    row, _ = Life.objects.get_or_create(pk=1, defaults={"started_at": clock.now()})
    return row


def epoch() -> int:
    """Which life of this node is speaking; partners refuse messages of an older one."""
    return life().epoch


def worker_is_awake() -> None:
    """Note that the worker has just looked round."""
    life()
    Life.objects.filter(pk=1).update(worker_seen_at=clock.now())


def worker_alive() -> bool:
    """Whether the worker has looked round within the last minute."""
    seen = life().worker_seen_at
    return seen is not None and clock.now() - seen < PULSE
