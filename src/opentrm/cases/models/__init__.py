"""The records of a case. Every section but ``status`` and ``referral`` lies sealed (design decision 20)."""

from opentrm.cases.models.case import Case, CaseKey, Intake, MemberWrap, NameMark, TeamMember
from opentrm.cases.models.consent import Consent
from opentrm.cases.models.filing import Event, Filing, Record, SecondLook
from opentrm.cases.models.work import Clock, Offer

__all__ = [
    "Case", "CaseKey", "Clock", "Consent", "Event", "Filing", "Intake", "MemberWrap", "NameMark", "Offer",
    "Record", "SecondLook", "TeamMember",
]  # fmt: skip
