"""Her rights over what crossed: withdraw, recall, erase, rectify (GDPR 15-18, Convention 108+ article 9)."""

from typing import Annotated, Literal

from pydantic import Field

from opentrm.federation.codes import Meeting, Section
from opentrm.federation.fields import Code, Id, Line, Moment, Wire


class Withdraw(Wire):
    """WITHDRAW: no reason, no precondition, no end. ``consents`` empty means all of them.

    ``meeting`` is her answer to "Should someone still meet you?" (design decision 6).
    """

    consents: Annotated[list[Id], Field(max_length=32)] = []
    meeting: Meeting
    at: Moment


class Erase(Wire):
    """ERASE and RECALL: destroy, or give back and destroy, these sections (none named: all)."""

    sections: Annotated[list[Section], Field(max_length=13)] = []
    by: Literal["her", "guardian", "origin", "retention"]


class Erased(Wire):
    """ERASED: done, and until when old backups may still hold it."""

    request: Id
    at: Moment
    backups_until: Moment | None


class EraseRefused(Wire):
    """ERASE_REFUSED: the legal ground and its end. She is shown this."""

    request: Id
    ground: Line
    until: Moment


class Rectify(Wire):
    """RECTIFY and RESTRICT: fields that are wrong or not to be used; values follow by Crossing."""

    section: Section
    fields: Annotated[list[Code], Field(min_length=1, max_length=64)]
