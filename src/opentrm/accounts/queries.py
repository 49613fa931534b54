"""Who works here."""

from django.db.models import QuerySet

from opentrm.accounts.models import Organisation, User


def staff() -> QuerySet[User]:
    """All accounts, suspended ones too, with their organisation and roles."""
    return User.objects.select_related("organisation").prefetch_related("grants")


def holders(*roles: str) -> QuerySet[User]:
    """Active accounts that hold any of these roles, by name."""
    return User.objects.filter(is_active=True, grants__role__in=roles).select_related("organisation").distinct()


def organisations() -> QuerySet[Organisation]:
    """The bodies that work with this node."""
    return Organisation.objects.filter(active=True)
