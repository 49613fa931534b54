"""The wire's own rows: conversations, what waits to be sent, what arrived. Bodies lie sealed."""

from django.db import models


class Conversation(models.Model):
    """One referral's dialogue with one partner; ``talk`` is its state, ``withdrawn`` the consents taken back."""

    partner = models.CharField(max_length=30)
    conversation = models.CharField(max_length=32)
    talk = models.JSONField(null=True)
    out_sequence = models.PositiveIntegerField(default=0)
    out_digest = models.CharField(max_length=64, null=True)  # noqa: DJ001 - None is "nothing yet", not ""
    in_sequence = models.PositiveIntegerField(default=0)
    in_digest = models.CharField(max_length=64, null=True)  # noqa: DJ001
    withdrawn = models.JSONField(default=list)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("partner", "conversation"), name="one_conversation"),)

    def __str__(self) -> str:
        return self.conversation


class OutMessage(models.Model):
    """A message that is to reach a partner. ``sealed`` holds its plaintext, ``envelope`` what was last sent."""

    message = models.CharField(primary_key=True, max_length=32)
    partner = models.CharField(max_length=30)
    conversation = models.CharField(max_length=32)
    kind = models.CharField(max_length=32)
    sequence = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    generation = models.CharField(max_length=10)
    wrapped = models.BinaryField()
    sealed = models.BinaryField()
    created = models.DateTimeField()
    expires = models.DateTimeField(null=True)
    next_try = models.DateTimeField()
    state = models.CharField(max_length=10)
    attempts = models.PositiveIntegerField(default=0)
    envelope = models.BinaryField(null=True)
    receipt = models.BinaryField(null=True)
    refusal = models.CharField(max_length=20, blank=True)

    class Meta:
        indexes = (
            models.Index(fields=("state", "next_try"), name="outbox_due"),
            models.Index(fields=("partner", "conversation", "sequence"), name="outbox_talk"),
        )

    def __str__(self) -> str:
        return self.kind


class InMessage(models.Model):
    """A message that arrived, by its place in this node's log; the envelope is kept as it came."""

    position = models.BigAutoField(primary_key=True)
    sender = models.CharField(max_length=30)
    message = models.CharField(max_length=32)
    conversation = models.CharField(max_length=32)
    kind = models.CharField(max_length=32)
    sequence = models.PositiveIntegerField()
    prev_inner = models.CharField(max_length=64, null=True)  # noqa: DJ001
    digest = models.CharField(max_length=64)
    cipher = models.CharField(max_length=64)
    state = models.CharField(max_length=10)
    received = models.DateTimeField()
    envelope = models.BinaryField(null=True)
    receipt = models.BinaryField(default=b"")
    receipt_envelope = models.BinaryField(default=b"")
    refusal = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("sender", "message"), name="a_message_arrives_once"),)
        indexes = (models.Index(fields=("sender", "conversation", "sequence"), name="inbox_talk"),)

    def __str__(self) -> str:
        return self.kind
