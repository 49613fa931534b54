"""Pairing nodes: cards by file, a fingerprint read aloud, two people on each side."""

import hmac

from opentrm.accounts.action import action
from opentrm.accounts.models import User
from opentrm.audit.record import Machine
from opentrm.federation import statement as statements
from opentrm.federation.fingerprint import Fingerprint, fingerprint
from opentrm.federation.statement import NodeStatement
from opentrm.kernel import clock
from opentrm.kernel.errors import NotAllowed, NotFound, NotNow, NotValid
from opentrm.node import current
from opentrm.referrals.models import Partner


@action("partner.added", "administrator", "contact_point")
def add(card: bytes, *, actor: User | Machine) -> Partner:
    """Keep a partner's card. Nothing is trusted yet: its fingerprint has to be read aloud first."""
    statement = statements.verify(card, at=clock.now())
    if statement.node == current.home().id:
        raise NotValid("This is this node's own card. Take the card of the other country.")
    if Partner.objects.filter(node=statement.node).exclude(confirmed_at=None).exists():
        raise NotNow("This partner is confirmed already.")
    made, _ = Partner.objects.update_or_create(
        node=statement.node,
        defaults={"country": statement.country, "owner": statement.owner, "statement": card,
                  "added_at": clock.now(), "added_by": actor if isinstance(actor, User) else None},
    )  # fmt: skip
    return made


@action("partner.confirmed", "administrator", "contact_point", "supervisor")
def confirm(partner: Partner, digits: str, *, actor: User | Machine) -> Partner:
    """Trust a partner whose digits were read aloud on a line we called ourselves, by a second person."""
    if isinstance(actor, User) and actor.pk == partner.added_by_id:
        raise NotAllowed("A second person confirms: you added this card yourself.")
    expected = fingerprint_of(partner).digits
    if not hmac.compare_digest("".join(digits.split()), expected):
        raise NotValid(
            "These digits are not the ones of this card. Do not go on: call the other country and compare again.",
            {"digits": "Type the eight digits that the other country reads to you."},
        )
    partner.confirmed_at, partner.confirmed_by = clock.now(), actor if isinstance(actor, User) else None
    partner.save(update_fields=["confirmed_at", "confirmed_by"])
    return partner


@action("partner.suspended", "administrator", "contact_point")
def suspend(partner: Partner, suspended: bool, *, actor: User | Machine) -> Partner:
    """Stop, or take up again, what goes to and comes from a partner. Withdrawals pass all the same."""
    partner.suspended = suspended
    partner.save(update_fields=["suspended"])
    return partner


def statement_of(partner: Partner) -> NodeStatement:
    """The partner's statement, checked."""
    return statements.verify(bytes(partner.statement))


def fingerprint_of(partner: Partner) -> Fingerprint:
    """What the other side reads aloud."""
    return fingerprint(statement_of(partner))


def partners(*, confirmed: bool = False) -> list[Partner]:
    """The partners of this node."""
    found = Partner.objects.all()
    return list(found.exclude(confirmed_at=None) if confirmed else found)


def partner_named(node: str) -> Partner:
    """A partner by its node id. Raises NotFound."""
    found = Partner.objects.filter(node=node).first()
    if found is None:
        raise NotFound()
    return found
