"""A referral as people work with it, on either side."""

from django.conf import settings
from django.db import models

from opentrm.accounts.models import Organisation
from opentrm.cases.models import Case
from opentrm.kernel.ids import new_id
from opentrm.referrals.models.partner import Partner


class Referral(models.Model):
    """One person's way between two nodes. What stands here names nobody: the coded request, the offer, levels.

    On the asked side there is no ``case`` until somebody offers; ``routed_to`` is the organisation that was asked.
    """

    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    side = models.CharField(max_length=12)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="referrals")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, null=True, related_name="referrals")
    kind = models.CharField(max_length=24)
    state = models.CharField(max_length=16)
    began_at = models.DateTimeField()
    moved_at = models.DateTimeField()
    request = models.JSONField()
    offer = models.JSONField(null=True)
    offer_digest = models.CharField(max_length=64, blank=True)
    decline = models.JSONField(null=True)
    terms = models.JSONField(null=True)
    held_until = models.DateTimeField(null=True)
    risk_ours = models.CharField(max_length=12, blank=True)
    risk_theirs = models.CharField(max_length=12, blank=True)
    risk_until = models.DateTimeField(null=True)
    routed_to = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    routed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    alarm = models.CharField(max_length=24, blank=True)

    class Meta:
        indexes = (models.Index(fields=("side", "state", "-moved_at"), name="referral_walk"),)

    def __str__(self) -> str:
        return self.state

    @property
    def audit_id(self) -> str:
        """What the log knows this by: the case where there is one."""
        return self.case_id or self.id


class Said(models.Model):
    """One message as the page of the referral shows it. ``body`` holds coded messages only, never a crossing."""

    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="said")
    at = models.DateTimeField()
    kind = models.CharField(max_length=32)
    sent = models.BooleanField()
    message = models.CharField(max_length=32, blank=True)
    body = models.JSONField(null=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return self.kind


class Preview(models.Model):
    """Exactly what would leave: built once, sealed, shown, and sent only with this very digest (decision 19)."""

    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    referral = models.ForeignKey(Referral, on_delete=models.CASCADE, related_name="previews")
    kind = models.CharField(max_length=32)
    consent = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)
    sealed = models.BinaryField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    second = models.BooleanField(default=False)
    sent_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.kind
