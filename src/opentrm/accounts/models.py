"""Organisations, staff accounts, the roles they hold, and one-time links."""

from functools import cached_property

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models

from opentrm.audit.record import pseudonym


class Organisation(models.Model):
    """A body that works with trafficked persons. ``kind`` is a code of the profile's organisations."""

    name = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=40, blank=True)
    phone = models.CharField(max_length=40, blank=True)
    active = models.BooleanField(default=True)

    class Meta:
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Staff(BaseUserManager["User"]):
    """Looks accounts up by their sign-in name."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """The account of this sign-in name, whatever its case."""
        return self.get(username__iexact=username)


class User(AbstractBaseUser):
    """A member of staff. An account is suspended, never deleted: what it did stays readable."""

    username = models.CharField(max_length=60, unique=True)
    display_name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="staff")
    language = models.CharField(max_length=10, default="en")
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["display_name"]

    objects = Staff()

    class Meta:
        ordering = ("display_name",)

    def __str__(self) -> str:
        return self.display_name

    @cached_property
    def roles(self) -> frozenset[str]:
        """The codes of the roles this account holds now."""
        return frozenset(self.grants.values_list("role", flat=True))

    @cached_property
    def audit_name(self) -> str:
        """This account's name in the log: a keyed mark."""
        return f"staff:{pseudonym('staff', self.pk)}"

    def holds(self, *roles: str) -> bool:
        """Whether the account holds any of these roles."""
        return bool(self.roles & set(roles))


class RoleGrant(models.Model):
    """One role of one account. Pairs that may never meet are refused by the act and by the database."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=40)
    granted_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("user", "role"), name="one_grant_a_role"),)

    def __str__(self) -> str:
        return self.role


class OneTimeLink(models.Model):
    """An invitation or a reset. Only the digest of its token is kept; it works once and not for long."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="links")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return "one-time link"
