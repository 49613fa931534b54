"""Stage S0: asking whether there is a place, without asking for a person (design decision 18)."""

from typing import Annotated

from pydantic import Field

from opentrm.federation.codes import Access, AgeBand, Need, Region, ServiceFor, Tongue, Urgency
from opentrm.federation.fields import Wire

MANY = 4  # more travellers than this are rare enough to be noticed
FEW_SPEAK = frozenset({Tongue.AR, Tongue.FA, Tongue.OTHER, Tongue.ROM, Tongue.TR})


class Travellers(Wire):
    """How many people of one age band travel."""

    band: AgeBand
    count: Annotated[int, Field(ge=1, le=9)]


class CapacityRequest(Wire):
    """Exactly what an anonymous request may carry. Every field is coded; any other key is refused."""

    needs: Annotated[list[Need], Field(min_length=1, max_length=12)]
    travellers: Annotated[list[Travellers], Field(min_length=1, max_length=8)]
    service_for: ServiceFor
    languages: Annotated[list[Tongue], Field(min_length=1, max_length=4)]
    access: Annotated[list[Access], Field(max_length=5)] = []
    urgency: Urgency
    region: Region


def may_point_to_one_person(request: CapacityRequest) -> tuple[str, ...]:
    """Reasons, for the sender's eyes, why this combination may be rare enough to recognise somebody.

    A warning shown before sending, never a refusal: the rules are ours and not confirmed by practice.
    """
    return tuple(reason for reason, holds in _signs(request) if holds)


def _signs(request: CapacityRequest) -> tuple[tuple[str, bool], ...]:
    people = sum(group.count for group in request.travellers)
    bands = {group.band for group in request.travellers}
    details = len(request.access) + len(request.languages) - 1 + len(bands) - 1
    return (
        (f"More than {MANY} people travel together.", people > MANY),
        ("Few people in the region speak one of the languages.", bool(FEW_SPEAK & set(request.languages))),
        ("Two or more access needs are named together.", len(request.access) > 1),
        ("A person of 60 or more is rare among those helped.", AgeBand.AGE_60_UP in bands),
        ("A region is named: ask for any region unless it matters.", request.region is not Region.ANY),
        ("Many details together: each one narrows down who is meant.", details > 3),
    )
