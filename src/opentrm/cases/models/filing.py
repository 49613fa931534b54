"""Forms filled, section by section; the second look at them; and what happened, in order."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from opentrm.cases.models.case import Case
from opentrm.kernel.ids import new_id


class Filing(models.Model):
    """One form filled once. Its answers lie in ``records``, one for each section they belong to."""

    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="filings")
    form = models.CharField(max_length=10)
    form_version = models.CharField(max_length=20)
    stage = models.CharField(max_length=10)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=("case", "form", "-at"), name="filing_latest"),)

    def __str__(self) -> str:
        return self.form


class Record(models.Model):
    """The answers of a filing that belong to one section, sealed under that section's key."""

    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    filing = models.ForeignKey(Filing, on_delete=models.CASCADE, related_name="records")
    section = models.CharField(max_length=20)
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return self.section


class SecondLook(models.Model):
    """A second person looks at what the first one wrote: risk, identification, a child's disclosure.

    ``digest`` is the SHA-256 of exactly what is signed; the database refuses one person in both places.
    """

    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="second_looks")
    kind = models.CharField(max_length=30)
    about = models.CharField(max_length=32)
    digest = models.CharField(max_length=64)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    looked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    looked_at = models.DateTimeField(null=True)
    agrees = models.BooleanField(null=True)
    note = models.BinaryField(default=b"")

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(looked_by__isnull=True) | ~Q(looked_by=F("asked_by")),
                name="second_is_another_person",
            ),
        )

    def __str__(self) -> str:
        return self.kind


class Event(models.Model):
    """What happened in a case, from a closed vocabulary, with no content of its own."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="events")
    at = models.DateTimeField()
    kind = models.CharField(max_length=60)
    section = models.CharField(max_length=20)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    about = models.CharField(max_length=32, blank=True)

    class Meta:
        indexes = (models.Index(fields=("case", "-at", "-id"), name="timeline_walk"),)

    def __str__(self) -> str:
        return self.kind
