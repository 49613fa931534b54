"""What she agreed to, piece by piece."""

from django.conf import settings
from django.db import models

from opentrm.cases.models.case import Case
from opentrm.kernel.ids import new_id


class Consent(models.Model):
    """One small yes. What it covers is sealed; that it ended is not, so that ending it is always possible."""

    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="consents")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    given_at = models.DateTimeField()
    valid_until = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_how = models.CharField(max_length=20, blank=True)
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return "consent"
