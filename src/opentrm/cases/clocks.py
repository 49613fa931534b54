"""Clocks of the profile: they start with a fact or an event, and stop with another."""

from collections.abc import Iterable

from opentrm.cases.gate import OpenCase
from opentrm.cases.models import Clock
from opentrm.kernel import clock
from opentrm.protocol import ClockRule, engine


def follow(opened: OpenCase, started: Iterable[str]) -> None:
    """Start and stop the clocks that wait for any of these facts or events."""
    happened = set(started)
    rules = opened.profile.clocks.values()
    begin = [rule for rule in rules if rule.starts_on in happened]
    end = {rule.id for rule in rules if happened & set(rule.stops_on)} | {rule.id for rule in begin}
    if end:
        _stop(opened, end)
    if begin:
        Clock.objects.bulk_create([_made(opened, rule) for rule in begin])


def start(opened: OpenCase, rule_id: str) -> Clock:
    """Start a clock of the profile, owned by whoever the case is owned by. A running one starts anew."""
    stop(opened, rule_id)
    made = _made(opened, opened.profile.clocks[rule_id])
    made.save()
    return made


def _made(opened: OpenCase, rule: ClockRule) -> Clock:
    at = clock.now()
    return Clock(
        case=opened.case, rule=rule.id, stage=rule.stage, owner=opened.case.owner, started_at=at,
        due_at=engine.deadline(rule, at, opened.profile),
    )  # fmt: skip


def stop(opened: OpenCase, rule_id: str) -> int:
    """Stop a running clock; how many ran."""
    return _stop(opened, {rule_id})


def _stop(opened: OpenCase, rules: set[str]) -> int:
    running = Clock.objects.filter(case=opened.case, rule__in=rules, stopped_at=None)
    return running.update(stopped_at=clock.now())
