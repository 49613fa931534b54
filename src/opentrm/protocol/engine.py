"""Thinking with a profile: which steps are open, which are not and why, and when something is due."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from opentrm.protocol.facts import FACTS
from opentrm.protocol.profile import ClockRule, Profile, Step

DAY = timedelta(days=1)


def open_steps(profile: Profile, facts: frozenset[str]) -> list[Step]:
    """Steps that can be taken now and have not given all they give."""
    return [step for step in profile.steps.values() if not why_not(step, facts) and not is_done(step, facts)]


def done_steps(profile: Profile, facts: frozenset[str]) -> list[Step]:
    """Steps whose facts are all there."""
    return [step for step in profile.steps.values() if is_done(step, facts)]


def is_done(step: Step, facts: frozenset[str]) -> bool:
    """Whether everything the step gives is there."""
    return bool(step.gives) and set(step.gives) <= facts


def why_not(step: Step, facts: frozenset[str]) -> list[str]:
    """What is still missing before the step, in sentences; empty when it is open."""
    return [f"Still missing: {FACTS.get(need, need)}" for need in step.needs if need not in facts]


def deadline(rule: ClockRule, start: datetime, profile: Profile) -> datetime:
    """When a clock runs out. Days end at midnight in the profile's zone; working days skip its holidays."""
    if not rule.days:
        return start + timedelta(hours=rule.hours)
    zone = ZoneInfo(profile.zone)
    local = start.astimezone(zone)
    day = _working(local, rule.days, profile) if rule.working else local + rule.days * DAY
    return day.replace(hour=23, minute=59, second=0, microsecond=0).astimezone(start.tzinfo)


def _working(start: datetime, days: int, profile: Profile) -> datetime:
    day = start
    while days:
        day += DAY
        if day.weekday() < 5 and not _holiday(day, profile):
            days -= 1
    return day


def _holiday(day: datetime, profile: Profile) -> bool:
    return day.strftime("%Y-%m-%d") in profile.holidays or day.strftime("%m-%d") in profile.holidays
