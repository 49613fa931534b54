"""The second look: one record for risk, identification and a child's disclosure."""

from collections.abc import Callable

from opentrm.accounts.models import User
from opentrm.cases.gate import OpenCase
from opentrm.cases.models import SecondLook
from opentrm.cases.step import step
from opentrm.kernel import clock
from opentrm.kernel.errors import NotAllowed, NotNow, NotValid

# What follows from an agreed second look, by its kind; the stage modules and ``referrals`` fill it.
EFFECTS: dict[str, Callable[[OpenCase, SecondLook], None]] = {}
SECTION = {"risk": "risk", "return_risk": "risk", "identification": "status", "disclosure": "referral",
           "ground": "risk"}  # fmt: skip


def ask(opened: OpenCase, kind: str, about: str, digest: str, *, by: User) -> SecondLook:
    """Ask for a second look. An older open one of the same kind is replaced: it would sign old words."""
    SecondLook.objects.filter(case=opened.case, kind=kind, looked_at=None).delete()
    return SecondLook.objects.create(
        case=opened.case, kind=kind, about=about, digest=digest, asked_by=by, asked_at=clock.now()
    )


@step("second.looked", stage="identify", section="status", action="sign")
def look(opened: OpenCase, second: SecondLook, agrees: bool, digest: str, note: str = "", *, actor: User) -> SecondLook:
    """Sign, or send back, what another person wrote. ``digest`` is that of what was on the page."""
    if second.case_id != opened.case.pk or second.looked_at is not None:
        raise NotNow("This has been looked at already.")
    if second.asked_by_id == actor.pk:
        raise NotAllowed("A second person has to look: you wrote this yourself.")
    if second.digest != digest:
        raise NotNow("It was changed while you read. Read it again before you sign.")
    if not agrees and not note.strip():
        raise NotValid("Say what should change.", {"note": "Say in a sentence what should change."})
    second.looked_by, second.looked_at, second.agrees = actor, clock.now(), agrees
    second.note = opened.keys.seal("signature", "second", second.id, note.strip()) if note.strip() else b""
    second.save()
    if agrees:
        EFFECTS[second.kind](opened, second)
    return second


def waiting(opened: OpenCase) -> list[SecondLook]:
    """The second looks that this case waits for."""
    return list(SecondLook.objects.filter(case=opened.case, looked_at=None).select_related("asked_by"))


def note_of(opened: OpenCase, second: SecondLook) -> str:
    """What the second person said when sending it back."""
    return str(opened.keys.open("signature", "second", second.id, second.note)) if second.note else ""
