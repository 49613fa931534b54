"""The one exchange of this process, and the two ways through it: posting from an act, receiving at the door."""

from functools import cache

from opentrm.accounts.models import User
from opentrm.cases.gate import OpenCase
from opentrm.federation.crossing import Crossing
from opentrm.federation.dialogue import allowed
from opentrm.federation.exchange import Exchange
from opentrm.federation.fields import Wire
from opentrm.federation.kinds import TRAITS, Kind
from opentrm.federation.ports import Outgoing
from opentrm.federation.readiness import Readiness
from opentrm.federation.refusal import Refusal
from opentrm.federation.sending import Posted
from opentrm.federation.states import Talk, Way
from opentrm.kernel import clock
from opentrm.referrals import models
from opentrm.referrals.models import Referral, Said
from opentrm.referrals.ports import Rows
from opentrm.referrals.receive import apply, follow_effects


@cache
def exchange() -> Exchange:
    """The exchange over this node's rows."""
    return Exchange(Rows(), apply, partner_refused)


def post(
    referral: Referral,
    kind: Kind,
    body: Wire | Crossing,
    *,
    by: User | None = None,
    held: OpenCase | None = None,
    readiness: Readiness | None = None,
) -> Posted:
    """Take a step of the dialogue inside the caller's act: outbox row, page line and effects together."""
    posted = exchange().post(referral.partner.node, referral.id, kind, body, readiness=readiness)
    Said.objects.create(
        referral=referral, at=clock.now(), kind=kind.value, sent=True, message=posted.row.message, by=by,
        body=body.to_json() if isinstance(body, Wire) and not TRAITS[kind].personal else None,
    )  # fmt: skip
    referral.refresh_from_db(fields=["state", "moved_at"])
    if posted.step is not None:
        follow_effects(referral, posted.step.effects, held)
    return posted


def talk_of(referral: Referral) -> Talk:
    """Where the dialogue stands on this side."""
    row = models.Conversation.objects.get(partner=referral.partner.node, conversation=referral.id)
    return Talk.read(row.talk)


def can_send(referral: Referral, kind: Kind) -> bool:
    """Whether the dialogue lists this message now; a page asks before it shows a button."""
    found = models.Conversation.objects.filter(partner=referral.partner.node, conversation=referral.id).first()
    return found is not None and found.talk is not None and allowed(Talk.read(found.talk), kind, Way.SENT)


def partner_refused(row: Outgoing, refusal: Refusal) -> None:
    """The partner refused what we sent: a person has to look."""
    models.Referral.objects.filter(pk=row.conversation).update(alarm=f"refused.{refusal.value}"[:24])
