"""The log: one leaf an act, chained by hash; the database itself refuses to change or remove one."""

from django.db import models


class Leaf(models.Model):
    """``body`` is the canonical text that ``digest`` covers; it names people and cases by pseudonym only."""

    index = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    act = models.CharField(max_length=60)
    about = models.CharField(max_length=32, blank=True, db_index=True)
    body = models.TextField()
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"leaf {self.index}"


class Head(models.Model):
    """One row: where the log stands. Locked while a leaf is added, so that the chain never forks."""

    size = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="0" * 64)

    def __str__(self) -> str:
        return f"log of {self.size}"
