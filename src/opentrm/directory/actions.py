"""Providers say what help they have and how many places are free today."""

from opentrm.accounts.action import action
from opentrm.accounts.models import Organisation, User
from opentrm.audit.record import Machine
from opentrm.directory.models import Service
from opentrm.kernel import clock
from opentrm.kernel.errors import NotAllowed, NotValid


@action("service.published", "administrator", "supervisor", "contact_point")
def publish(
    organisation: Organisation,
    kind: str,
    title: str,
    *,
    actor: User | Machine,
    for_whom: str = "",
    languages: str = "",
    town: str = "",
) -> Service:
    """Put a service into the directory."""
    if not title.strip():
        raise NotValid("Give the service a name.", {"title": "Give the service a name."})
    return Service.objects.create(
        organisation=organisation,
        kind=kind,
        title=title.strip(),
        for_whom=for_whom,
        languages=languages,
        town=town,
    )


@action("service.places", "shelter_worker", "supervisor", "contact_point", "case_manager", "administrator")
def free_places(service: Service, places: int, *, actor: User | Machine) -> Service:
    """Say how many places are free now. Only the organisation itself, or an administrator, knows."""
    own = not isinstance(actor, User) or actor.organisation_id == service.organisation_id
    if not own and not (isinstance(actor, User) and actor.holds("administrator", "contact_point")):
        raise NotAllowed("Only the organisation that runs the service can say how many places are free.")
    if not 0 <= places <= 1000:
        raise NotValid("Give a number of places from 0 to 1000.", {"places": "Give a number from 0 to 1000."})
    service.free_places, service.places_as_of = places, clock.now()
    service.save(update_fields=["free_places", "places_as_of"])
    return service


@action("service.withdrawn", "administrator", "supervisor", "contact_point")
def withdraw(service: Service, *, actor: User | Machine) -> Service:
    """Take a service out of the choices."""
    service.active = False
    service.save(update_fields=["active"])
    return service
