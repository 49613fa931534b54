"""Clocks that run, and help that was offered."""

from django.conf import settings
from django.db import models

from opentrm.accounts.models import Organisation
from opentrm.cases.models.case import Case
from opentrm.kernel.ids import new_id


class Clock(models.Model):
    """Something due: ``rule`` is a clock of the profile, ``stage`` the page that stops it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="clocks")
    rule = models.CharField(max_length=40)
    stage = models.CharField(max_length=10)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="clocks")
    started_at = models.DateTimeField()
    due_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("owner", "stopped_at", "due_at"), name="due_walk"),)

    def __str__(self) -> str:
        return self.rule


class Offer(models.Model):
    """Help offered to her: accepted, declined without penalty, promised for a day, given or late.

    What it is and why she declined is sealed; ``state`` and the dates count against the institution only.
    """

    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="offers")
    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, default="offered")
    offered_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    promised_for = models.DateField(null=True)
    given_on = models.DateField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return self.state
