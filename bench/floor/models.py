"""One table and its history."""

from django.db import models
from simple_history.models import HistoricalRecords


class Case(models.Model):
    """A case in clear."""

    ref = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=200)
    country = models.CharField(max_length=2)
    stage = models.CharField(max_length=10)
    status = models.CharField(max_length=20)
    risk = models.CharField(max_length=12, blank=True)
    language = models.CharField(max_length=10, blank=True)
    account = models.TextField(blank=True)
    opened_at = models.DateTimeField()
    touched_at = models.DateTimeField(db_index=True)
    history = HistoricalRecords()

    class Meta:
        ordering = ("-touched_at",)

    def __str__(self) -> str:
        return self.ref
