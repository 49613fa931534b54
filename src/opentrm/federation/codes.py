"""Closed lists of the network's standard. Adding a code is a new version of the standard."""

from enum import StrEnum, auto


class ReferralKind(StrEnum):
    """Why one node asks another. Only some are a return; see RETURNS in ``readiness``."""

    RETURN = auto()
    REMOVAL_BY_AUTHORITY = auto()
    OWN_DEPARTURE = auto()
    INFORMATION_ONLY = auto()
    WITNESS_RETURN = auto()
    PHONED = auto()


class Need(StrEnum):
    """Classes of need that a capacity request may name (security handbook 3.4, stage S0)."""

    SHELTER = auto()
    HOUSING = auto()
    MEDICAL = auto()
    PSYCHOSOCIAL = auto()
    LEGAL = auto()
    DOCUMENTS = auto()
    CHILD_CARE = auto()
    EDUCATION = auto()
    WORK = auto()
    PROTECTION = auto()
    RECEPTION_ON_ARRIVAL = auto()
    CASE_MANAGEMENT = auto()


class AgeBand(StrEnum):
    """Fixed bands; nothing finer crosses before LOCK."""

    AGE_0_5 = "0-5"
    AGE_6_11 = "6-11"
    AGE_12_17 = "12-17"
    AGE_18_24 = "18-24"
    AGE_25_39 = "25-39"
    AGE_40_59 = "40-59"
    AGE_60_UP = "60+"
    UNKNOWN = "unknown"


class ServiceFor(StrEnum):
    """For whom the service has to be: sex or gender of service, not of a person."""

    WOMEN = auto()
    MEN = auto()
    GIRLS = auto()
    BOYS = auto()
    FAMILIES = auto()
    ANY = auto()


class Access(StrEnum):
    """Access needs that change which place fits."""

    STEP_FREE = auto()
    PERSONAL_CARE = auto()
    SIGN_LANGUAGE = auto()
    LOW_VISION = auto()
    INFANT = auto()


class Urgency(StrEnum):
    """When a place is needed."""

    TODAY = auto()
    HOURS_72 = "72_hours"
    MONTH = auto()


class Region(StrEnum):
    """Where in the country, coarsely: never a town."""

    ANY = auto()
    CAPITAL = auto()
    NORTH = auto()
    SOUTH = auto()
    EAST = auto()
    WEST = auto()
    CENTRE = auto()


class Tongue(StrEnum):
    """Languages of the region (ISO 639); others are ``other`` and are asked after LOCK."""

    SQ = auto()
    BS = auto()
    CNR = auto()
    HR = auto()
    SR = auto()
    MK = auto()
    RO = auto()
    RU = auto()
    UK = auto()
    TR = auto()
    ROM = auto()
    EN = auto()
    AR = auto()
    FA = auto()
    OTHER = auto()


class Purpose(StrEnum):
    """What her consent is for. Help never depends on the police one (CoE Convention 12(6))."""

    RECEPTION_AND_CARE = auto()
    RISK_ASSESSMENT = auto()
    FAMILY_ASSESSMENT = auto()
    TRAVEL_DOCUMENTS = auto()
    TRAVEL = auto()
    PROGRESS = auto()
    FEEDBACK = auto()
    WITNESS_PROTECTION = auto()
    POLICE = auto()


class Section(StrEnum):
    """Sections of the case file that may cross. Audit never does."""

    STATUS = auto()
    IDENTITY = auto()
    CONTACT = auto()
    ACCOUNT = auto()
    NEEDS = auto()
    PLAN = auto()
    HEALTH = auto()
    PSYCHOSOCIAL = auto()
    LEGAL = auto()
    RISK = auto()
    FAMILY = auto()
    TRAVEL = auto()
    FEEDBACK = auto()


class RiskLevel(StrEnum):
    """Levels in words, lowest first; unknown is never counted as none (design decision 8)."""

    LOW = auto()
    MEDIUM = auto()
    HIGH = auto()
    VERY_HIGH = auto()
    UNKNOWN = auto()


class Meeting(StrEnum):
    """Her answer, when she withdraws: should someone still meet you? (design decision 6)"""

    NOT_TRAVELLING = auto()
    KEEP = auto()
    ERASE = auto()
    UNANSWERED = auto()
