"""What ends by itself: a consent whose days are over counts no more, and the case says so."""

from django.db import transaction

from opentrm.audit import record as audit
from opentrm.audit.record import Machine
from opentrm.cases.actions.consent import live, shown
from opentrm.cases.gate import open_for, relock
from opentrm.cases.models import Consent
from opentrm.kernel import clock

CLOCK = Machine("clock")
EXPIRED = "expired"


def run_out(limit: int = 200) -> int:
    """End the consents whose time is over, each in a transaction of its own; how many ended."""
    over = Consent.objects.filter(withdrawn_at=None, valid_until__lte=clock.now()).order_by("valid_until")[:limit]
    for consent in over:
        with transaction.atomic():
            _end(consent)
    return len(over)


def _end(consent: Consent) -> None:
    opened = relock(open_for(CLOCK, consent.case))
    consent.withdrawn_at, consent.withdrawn_how = consent.valid_until, EXPIRED
    consent.save(update_fields=["withdrawn_at", "withdrawn_how"])
    purpose = shown(opened, consent).purpose
    if not live(opened, purpose.code):
        opened.change(ended=frozenset({purpose.fact}))
    opened.note("consent.expired", "consent")
    opened.save()
    audit.record(CLOCK, "consent.expired", about=opened.audit_id, section="consent")
