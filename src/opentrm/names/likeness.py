"""How near two names or two days of birth are, with the reason in words. A person decides, never a number."""

from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

from opentrm.names.fold import tokens


@dataclass(frozen=True)
class Likeness:
    """``score`` from 0 to 1, and why."""

    score: float
    reason: str


def similarity(one: str, other: str) -> float:
    """From 0 to 1: the best pairing of the words of two names, whatever their order or script."""
    mine, theirs = tokens(one), tokens(other)
    if not mine or not theirs:
        return 0.0
    few, many = sorted((mine, theirs), key=len)
    best = [max(SequenceMatcher(None, word, word2).ratio() for word2 in many) for word in sorted(few)]
    return sum(best) / len(best)


def same_birth(one: date, other: date) -> Likeness:
    """Whether two days of birth may be one, allowing for the slips people make when they write one down."""
    if one == other:
        return Likeness(1.0, "the same day of birth")
    if (one.year, one.month, one.day) == (other.year, other.day, other.month):
        return Likeness(0.8, "day and month changed places")
    if (one.month, one.day) == (other.month, other.day) and abs(one.year - other.year) == 1:
        return Likeness(0.7, "the year differs by one")
    if one.year == other.year and (one.month == other.month or one.day == other.day):
        return Likeness(0.6, "the same year, and the day or the month")
    return Likeness(0.0, "")
