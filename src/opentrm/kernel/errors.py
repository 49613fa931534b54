"""Refusals: sentences a caseworker can act on. No personal data ever stands in one."""

from collections.abc import Mapping


class Refused(Exception):
    """An act was not done. ``reason`` is a whole English sentence, translated where it is shown.

    ``step`` names the stage word whose page shows the way on, where there is one.
    """

    code = "refused"

    def __init__(self, reason: str, *, step: str | None = None, **params: object) -> None:
        super().__init__(reason)
        self.reason = reason
        self.step = step
        self.params = params


class NotAllowed(Refused):
    """This person may not do this here."""

    code = "not-allowed"


class NotNow(Refused):
    """It may be done, but something has to come first."""

    code = "not-now"


class NotFound(Refused):
    """There is no such thing for this person: absent, or not theirs to know of. The two look the same."""

    code = "not-found"

    def __init__(self, reason: str = "There is nothing here that you can open.") -> None:
        super().__init__(reason)


class NotValid(Refused):
    """What was given cannot be used as it stands; ``errors`` says what, field by field."""

    code = "not-valid"

    def __init__(self, reason: str, errors: Mapping[str, str] | None = None) -> None:
        super().__init__(reason)
        self.errors = dict(errors or {})


class NeedsSecond(Refused):
    """A second person has to look first; the request has been recorded."""

    code = "needs-second"
