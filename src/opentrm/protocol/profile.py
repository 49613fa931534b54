"""A country's profile: its procedure, forms, clocks, bodies and facts, as one value with a digest."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Literal

from opentrm.kernel.errors import NotFound
from opentrm.protocol.form import Form, Strict

Confidence = Literal["high", "medium", "low"]


class Step(Strict):
    """One step of the procedure: it needs facts, gives facts, and has a page of its stage."""

    id: str
    title: str
    stage: str
    form: str = ""
    needs: tuple[str, ...] = ()
    gives: tuple[str, ...] = ()
    gates: Literal["", "disclosure", "travel", "closure"] = ""
    sop: str = ""


class ClockRule(Strict):
    """Something that has to happen in time. ``days`` are calendar days unless ``working``."""

    id: str
    title: str
    stage: str
    starts_on: str
    stops_on: tuple[str, ...] = ()
    hours: int = 0
    days: int = 0
    working: bool = False
    why: str = ""

    @property
    def length(self) -> timedelta:
        """How long it runs, before holidays are counted."""
        return timedelta(hours=self.hours, days=self.days)


class Role(Strict):
    """A role that staff may hold here; ``reports`` is what its holder must report even if she objects."""

    id: str
    title: str
    reports: tuple[str, ...] = ()


class Body(Strict):
    """A kind of organisation of this country's mechanism."""

    id: str
    title: str


class Source(Strict):
    """Where a fact was read."""

    title: str
    url: str = ""
    year: int = 0


class CountryFact(Strict):
    """One national fact. Two facts of one key are two sources that differ; both are kept and shown."""

    key: str
    text: str
    value: str | int | bool | None = None
    unit: str = ""
    source: Source | None = None
    confidence: Confidence
    checked_on: str
    note: str = ""

    @property
    def confirmed(self) -> bool:
        """Whether a source says it plainly. Anything else is shown as "not confirmed"."""
        return self.confidence == "high" and self.source is not None


class Profile(Strict):
    """What a node works by. ``digest`` covers all of it, so a case can name the very rules it was opened under."""

    id: str
    country: str
    name: str
    version: str
    zone: str = "UTC"
    language: str = "en"
    currency: str = "EUR"
    emergency: str = "112"
    helpline: str = ""
    holidays: tuple[str, ...] = ()
    roles: Mapping[str, Role]
    bodies: Mapping[str, Body]
    services: Mapping[str, str]
    steps: Mapping[str, Step]
    clocks: Mapping[str, ClockRule]
    forms: Mapping[str, Form]
    facts: tuple[CountryFact, ...] = ()
    digest: str = ""

    def form(self, form_id: str) -> Form:
        """One form. Raises NotFound for one this profile does not have."""
        if form_id not in self.forms:
            raise NotFound("There is no such form here.")
        return self.forms[form_id]
