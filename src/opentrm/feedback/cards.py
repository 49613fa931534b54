"""Her card: 24 digits, 4 to look up and 20 secret. Nothing can be read back with it alone."""

import secrets
from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error
from django.db import transaction

from opentrm.accounts.models import User
from opentrm.audit import record as audit
from opentrm.audit.record import Machine
from opentrm.cases.gate import OpenCase
from opentrm.cases.step import step
from opentrm.feedback.models import Attempt, Card
from opentrm.kernel import clock
from opentrm.kernel.errors import NotAllowed, NotFound

HASHER = PasswordHasher(time_cost=2, memory_cost=19456, parallelism=1)
TRIES, REST = 10, timedelta(minutes=15)
PER_MINUTE = 60  # wrong codes on the whole node: more is somebody guessing
VOICE = Machine("voice")


@step("card.made", stage="screen", section="status", action="read")
def make(opened: OpenCase, language: str, *, actor: User) -> str:
    """Give her a new card; an older one ends. Returns its digits, which are shown once and never kept."""
    Card.objects.filter(case=opened.case, ended_at=None).update(ended_at=clock.now())
    digits = "".join(str(secrets.randbelow(10)) for _ in range(24))
    Card.objects.create(
        case=opened.case, lookup=digits[:4], secret=HASHER.hash(digits[4:]), language=language, made_at=clock.now(),
        made_by=actor,
    )  # fmt: skip
    return digits


@step("card.ended", stage="screen", section="status", action="read")
def end(opened: OpenCase, *, actor: User) -> None:
    """Make her card invalid: it was lost, or somebody saw it."""
    Card.objects.filter(case=opened.case, ended_at=None).update(ended_at=clock.now())


def live_card(opened: OpenCase) -> Card | None:
    """Her card that counts now."""
    return Card.objects.filter(case=opened.case, ended_at=None).first()


def enter(digits: str) -> Card:
    """The card of these 24 digits. Raises NotFound for wrong ones and NotAllowed when there were too many tries."""
    plain = "".join(sign for sign in digits if sign.isdigit())
    with transaction.atomic():
        brake()
        card = _match(plain)
        if card is None:
            count_miss()
            audit.record(VOICE, "card.tried", decision="refused")
        else:
            audit.record(VOICE, "card.entered", about=card.case_id, decision="read")
    if card is None:
        raise NotFound()
    return card


def _match(plain: str) -> Card | None:
    """Every card of that lookup is tried, and one hash is always computed, so that time tells nothing."""
    found = None
    candidates = list(Card.objects.filter(lookup=plain[:4], ended_at=None)) if len(plain) == 24 else []
    for card in candidates:
        if card.shut_until and card.shut_until > clock.now():
            continue
        if fits(card.secret, plain[4:]):
            found = card
        else:
            _miss(card)
    if not candidates:
        fits(DECOY, plain[4:] or "0")
    if found is not None:
        Card.objects.filter(pk=found.pk).update(failures=0)
    return found


DECOY = HASHER.hash("0" * 20)


def fits(secret: str, given: str) -> bool:
    """Whether a secret is the one that was hashed."""
    try:
        return HASHER.verify(secret, given)
    except Argon2Error:
        return False


def _miss(card: Card) -> None:
    card.failures += 1
    if card.failures % TRIES == 0:
        card.shut_until = clock.now() + REST
    card.save(update_fields=["failures", "shut_until"])


def brake() -> None:
    """Raise NotAllowed when the whole node has seen too many wrong codes this minute."""
    minute = clock.now().replace(second=0, microsecond=0)
    now = Attempt.objects.filter(minute=minute).first()
    if now is not None and now.count >= PER_MINUTE:
        raise NotAllowed("Too many tries.")


def count_miss() -> None:
    """One more wrong code, whoever sent it."""
    minute = clock.now().replace(second=0, microsecond=0)
    row, _ = Attempt.objects.get_or_create(minute=minute)
    Attempt.objects.filter(pk=row.pk).update(count=row.count + 1)
    Attempt.objects.filter(minute__lt=minute - timedelta(days=1)).delete()
