"""Her yes to this very offer becomes terms, and the other side locks them. A lock reserves a place, never a journey."""

from datetime import timedelta

from opentrm.accounts.models import User
from opentrm.cases.actions import consent as consents
from opentrm.cases.actions.consent import Given
from opentrm.cases.gate import OpenCase
from opentrm.cases.step import step
from opentrm.federation.bodies.offering import Lock, Terms
from opentrm.federation.codes import Purpose, Section
from opentrm.federation.consent import Consent as WireConsent
from opentrm.federation.kinds import Kind
from opentrm.kernel import clock
from opentrm.kernel.errors import NotNow
from opentrm.protocol import Answers
from opentrm.referrals.exchange import post
from opentrm.referrals.find import the_open_one
from opentrm.referrals.models import Referral

READING = {"read": "read", "interpreter": "interpreter"}
PROOF = {"paper": "paper", "spoken": "voice", "mark": "drawn"}
PURPOSES = {
    "disclose": (Purpose.RECEPTION_AND_CARE, Purpose.RISK_ASSESSMENT),
    "return": (Purpose.TRAVEL,),
    "progress": (Purpose.PROGRESS,),
    "feedback": (Purpose.FEEDBACK,),
}
SECTIONS = {"return": ("travel",), "progress": ("plan", "status"), "feedback": ("feedback",)}
# The sections she may choose from, one by one, when the offer is hers to accept.
MAY_GO = ("identity", "contact", "needs", "plan", "health", "legal", "risk", "family")
HELD = timedelta(days=14)


def give(
    opened: OpenCase, code: str, answers: Answers, sections: tuple[str, ...], language: str, *, actor: User
) -> Given:
    """Keep her yes to the offer that is on the table: its named organisation, sections and digest go into it."""
    referral = the_open_one(opened)
    offer = referral.offer or {}
    given = consents.give(
        opened, code, answers, actor=actor, language=language, recipient=offer.get("organisation", ""),
        country=referral.partner.country, sections=sections or SECTIONS.get(code, ()),
        offer_digest=referral.offer_digest,
    )  # fmt: skip
    return consents.shown(opened, given)


def wire_consent(referral: Referral, given: Given) -> WireConsent:
    """Her consent as it crosses: without her name, bound to the partner, the organisation and the very offer."""
    return WireConsent(
        id=given.id,
        case_pseudonym=referral.id,
        recipient=referral.partner.node,
        organisations=[(referral.offer or {})["organisation"]],
        purposes=list(PURPOSES[given.purpose.code]),
        sections=[Section(name) for name in given.sections],
        offer_digest=given.offer_digest or referral.offer_digest,
        text_version=f"{given.purpose.text}/{given.text_version}",
        text_digest=given.text_digest,
        language=given.language,
        reading=READING.get(given.reading, "read_aloud"),  # type: ignore[arg-type]
        valid_from=given.given_at,
        valid_until=given.valid_until,
        given_by="guardian" if given.by_guardian else "self",
        proof=PROOF.get(given.proof, "paper"),  # type: ignore[arg-type]
    )


def live_consent(opened: OpenCase, referral: Referral, code: str) -> Given:
    """Her living yes of this purpose to this very offer. Raises NotNow with the way there."""
    for given in consents.live(opened, code):
        if given.offer_digest == referral.offer_digest:
            return given
    raise NotNow("She has not agreed to this very offer. Tell her what it says, give her time, ask.", step="consent")


@step("referral.terms", stage="refer", section="referral", action="send", needs=("offered", "consent.disclose"))
def terms(opened: OpenCase, *, actor: User) -> Referral:
    """Tell the other country that she agrees to its offer. It learns the digest of her consent, and no name."""
    referral = the_open_one(opened)
    consent = wire_consent(referral, live_consent(opened, referral, "disclose"))
    number = int((referral.offer or {})["n"])
    body = Terms(n=number, offer_digest=referral.offer_digest, consent_digest=consent.digest())
    post(referral, Kind.TERMS, body, by=actor, held=opened)
    referral.terms = body.to_json()
    referral.save(update_fields=["terms"])
    return referral


@step("referral.locked", stage="receive", section="referral", action="send", gives=("locked",))
def lock(opened: OpenCase, *, actor: User) -> Referral:
    """Hold the place for her: the destination's half of the lock."""
    referral = the_open_one(opened)
    if not referral.terms:
        raise NotNow("She has not agreed to the offer yet. Wait for her answer.")
    referral.held_until = clock.now() + HELD
    body = Lock(
        n=int(referral.terms["n"]), offer_digest=referral.offer_digest,
        consent_digest=referral.terms["consent_digest"], held_until=referral.held_until,
    )  # fmt: skip
    post(referral, Kind.LOCK, body, by=actor, held=opened)
    referral.save(update_fields=["held_until"])
    return referral
