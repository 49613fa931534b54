"""Who works here."""

from django.db.models import QuerySet

from opentrm.accounts.models import Organisation, User
from opentrm.kernel.errors import NotFound


def staff() -> QuerySet[User]:
    """All accounts, suspended ones too, with their organisation and roles."""
    return User.objects.select_related("organisation").prefetch_related("grants")


def holders(*roles: str) -> QuerySet[User]:
    """Active accounts that hold any of these roles, by name."""
    return User.objects.filter(is_active=True, grants__role__in=roles).select_related("organisation").distinct()


def organisations() -> QuerySet[Organisation]:
    """The bodies that work with this node."""
    return Organisation.objects.filter(active=True)


def duty_desks() -> list[Organisation]:
    """The organisations with somebody on a duty desk: where a screening can be handed over."""
    return list(
        Organisation.objects.filter(active=True, staff__is_active=True, staff__grants__role="duty_desk").distinct()
    )


def organisation_of(pk: str) -> Organisation:
    """One organisation. Raises NotFound."""
    found = Organisation.objects.filter(pk=pk).first() if pk.isdigit() else None
    if found is None:
        raise NotFound()
    return found


def user_of(pk: str) -> User:
    """One account. Raises NotFound."""
    found = staff().filter(pk=pk).first() if pk.isdigit() else None
    if found is None:
        raise NotFound()
    return found
