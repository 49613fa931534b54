"""When we may arrange a journey (design decision 7), and which kinds of referral are a return at all."""

from dataclasses import dataclass
from datetime import datetime

from opentrm.federation.codes import ReferralKind

# Her own return, declared by her. A removal or her own departure is never called return, and never arranged.
RETURNS = frozenset({ReferralKind.RETURN, ReferralKind.WITNESS_RETURN, ReferralKind.PHONED})


@dataclass(frozen=True)
class Readiness:
    """The facts of design decision 7, as the sender's case file has them."""

    kind: ReferralKind = ReferralKind.RETURN
    declared_by_her: bool = False
    risk_agreed: bool = False
    risk_valid_until: datetime | None = None
    papers: bool = False
    met_by: bool = False
    first_night: bool = False
    asylum_asked: bool = False

    def missing(self, at: datetime) -> tuple[str, ...]:
        """What still has to be there before we arrange travel; empty when all is."""
        fresh = self.risk_valid_until is not None and at <= self.risk_valid_until
        needs = (
            ("This is not a return: we do not arrange the journey.", self.kind in RETURNS),
            ("She has asked for asylum: contact with her country stops.", not self.asylum_asked),
            ("She has not declared that she wants to go (F-15a).", self.declared_by_her),
            ("The two countries have not agreed on the risk.", self.risk_agreed),
            ("The risk assessment has run out: score it again.", fresh),
            ("Her travel papers are not there yet.", self.papers),
            ("No named person meets her.", self.met_by),
            ("The first night is not booked.", self.first_night),
        )
        return tuple(reason for reason, there in needs if not there)
