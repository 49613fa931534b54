"""The life of this node: which one it is after a restore, and whether its worker is awake."""

from django.db import models


class Life(models.Model):
    """One row. ``epoch`` grows by one at every restore, so partners can tell an older life from this one."""

    epoch = models.PositiveIntegerField(default=1)
    started_at = models.DateTimeField()
    worker_seen_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"life {self.epoch}"
