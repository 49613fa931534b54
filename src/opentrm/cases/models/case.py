"""The case itself, its keys, its team, and the hand-over that comes before it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from opentrm.accounts.models import Organisation
from opentrm.kernel.ids import new_id


class Case(models.Model):
    """One person's case. In clear stand only its status: reference, stage, custody, clocks.

    ``header`` is sealed: what the top of the page shows (name, risk, flags) and the facts of the case.
    """

    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    ref = models.CharField(max_length=12, unique=True)
    opened_at = models.DateTimeField()
    stage = models.CharField(max_length=10, default="screen")
    status = models.CharField(max_length=20, default="potential")
    custody = models.CharField(max_length=40)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    country_mark = models.BinaryField(max_length=8, default=b"")
    profile_id = models.CharField(max_length=40)
    profile_version = models.CharField(max_length=20)
    profile_digest = models.CharField(max_length=64)
    header = models.BinaryField(default=b"")
    version = models.PositiveIntegerField(default=0)
    touched_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.ref

    @property
    def audit_id(self) -> str:
        """What the log knows this case by, before it is made a pseudonym."""
        return self.id


class CaseKey(models.Model):
    """One key of a case for one group of sections, wrapped by a generation of the node key.

    Destroying the row destroys the content: that is how erasure works, in backups too once the
    generation that wrapped it is gone.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="keys")
    group = models.CharField(max_length=20)
    number = models.PositiveIntegerField(default=1)
    generation = models.CharField(max_length=10)
    wrapped = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("case", "group", "number"), name="one_key_a_group"),)

    def __str__(self) -> str:
        return f"key {self.group}"


class MemberWrap(models.Model):
    """A case key wrapped to one member of the team besides: the second layer for the nearest sections."""

    key = models.ForeignKey(CaseKey, on_delete=models.CASCADE, related_name="wraps")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    wrapped = models.BinaryField()

    def __str__(self) -> str:
        return "wrap"


class TeamMember(models.Model):
    """Somebody on the team of a case. Off the team a case does not exist.

    ``roles`` are comma-separated role codes; ``stage``, ``country_mark`` and ``touched_at`` repeat the case's,
    so that a worklist of any length is one walk along one index.
    """

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="team")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    roles = models.CharField(max_length=200)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    stage = models.CharField(max_length=10, default="screen")
    country_mark = models.BinaryField(max_length=8, default=b"")
    touched_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("case", "user"), name="once_on_a_team"),)
        indexes = (
            models.Index(
                fields=("user", "-touched_at", "-case"), condition=Q(until__isnull=True), name="worklist_walk"
            ),
            models.Index(
                fields=("user", "country_mark", "stage", "-touched_at", "-case"),
                condition=Q(until__isnull=True),
                name="filtered_walk",
            ),
        )

    def __str__(self) -> str:
        return self.roles


class NameMark(models.Model):
    """A keyed mark of one name token: lets a name be found without standing in the database."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="name_marks")
    mark = models.BinaryField(max_length=8)

    class Meta:
        indexes = (models.Index(fields=("mark", "case"), name="name_mark_walk"),)

    def __str__(self) -> str:
        return "mark"


class Intake(models.Model):
    """A screening handed over and not yet accepted. The case begins when the duty desk accepts it.

    ``receipt`` is what the officer keeps; ``sealed`` holds F-01 under a key of its own.
    """

    id = models.CharField(primary_key=True, max_length=32, default=new_id, editable=False)
    receipt = models.CharField(max_length=12, unique=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    to = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="intakes")
    handed_at = models.DateTimeField()
    due_at = models.DateTimeField()
    urgent = models.BooleanField(default=False)
    channel = models.CharField(max_length=20, default="desk")
    generation = models.CharField(max_length=10)
    wrapped = models.BinaryField()
    sealed = models.BinaryField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    case = models.OneToOneField(Case, on_delete=models.SET_NULL, null=True, related_name="intake")

    def __str__(self) -> str:
        return self.receipt
