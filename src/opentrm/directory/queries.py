"""Finding help."""

from django.db.models import QuerySet

from opentrm.directory.models import Service


def services(kind: str = "") -> QuerySet[Service]:
    """The services that can be chosen now, of one kind or of all."""
    found = Service.objects.filter(active=True, organisation__active=True).select_related("organisation")
    return found.filter(kind=kind) if kind else found
