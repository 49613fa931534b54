"""Her card, what she said with it, and what was answered."""

from django.conf import settings
from django.db import models

from opentrm.cases.models import Case
from opentrm.kernel.ids import new_id


class Card(models.Model):
    """One card. ``lookup`` finds it, the 20 secret digits are kept only as an Argon2 hash with a salt of its own."""

    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="cards")
    lookup = models.CharField(max_length=4, db_index=True)
    secret = models.CharField(max_length=200)
    language = models.CharField(max_length=10)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    failures = models.PositiveIntegerField(default=0)
    shut_until = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return "card"


class Word(models.Model):
    """What she said: an answer or a concern, sealed under a key of its own that no case manager holds.

    ``second`` is the hash of a word she chose: only with it is an answer read back (design decision 11).
    """

    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    card = models.ForeignKey(Card, on_delete=models.PROTECT, related_name="words")
    kind = models.CharField(max_length=10)
    at = models.DateTimeField()
    due_at = models.DateTimeField()
    generation = models.CharField(max_length=10)
    wrapped = models.BinaryField()
    sealed = models.BinaryField()
    read_at = models.DateTimeField(null=True)
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    second = models.CharField(max_length=200, blank=True)
    answer = models.BinaryField(default=b"")
    answered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("read_at", "due_at"), name="words_waiting"),)

    def __str__(self) -> str:
        return self.kind


class Attempt(models.Model):
    """How many wrong codes came lately, whoever sent them: no address is kept."""

    minute = models.DateTimeField(unique=True)
    count = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.count)
