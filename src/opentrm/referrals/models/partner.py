"""Another country's node, trusted by two people who compared its fingerprint aloud."""

from django.conf import settings
from django.db import models


class Partner(models.Model):
    """``statement`` is the partner's root-signed statement; ``confirmed_at`` is empty until the pairing is done."""

    node = models.CharField(max_length=30, unique=True)
    country = models.CharField(max_length=2)
    owner = models.CharField(max_length=200)
    statement = models.BinaryField()
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    suspended = models.BooleanField(default=False)
    failures = models.PositiveIntegerField(default=0)
    not_before = models.DateTimeField(null=True)
    heard_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("country", "node")

    def __str__(self) -> str:
        return self.owner
