"""Clocks of the profile: they start with a fact or an event, and stop with another."""

from collections.abc import Iterable

from opentrm.cases.gate import OpenCase
from opentrm.cases.models import Clock
from opentrm.kernel import clock
from opentrm.protocol import engine


def follow(opened: OpenCase, started: Iterable[str]) -> None:
    """Start and stop the clocks that wait for any of these facts or events."""
    happened = set(started)
    for rule in opened.profile.clocks.values():
        if happened & set(rule.stops_on):
            stop(opened, rule.id)
        if rule.starts_on in happened:
            start(opened, rule.id)


def start(opened: OpenCase, rule_id: str) -> Clock:
    """Start a clock of the profile, owned by whoever the case is owned by. A running one starts anew."""
    rule = opened.profile.clocks[rule_id]
    stop(opened, rule_id)
    at = clock.now()
    return Clock.objects.create(
        case=opened.case, rule=rule_id, stage=rule.stage, owner=opened.case.owner, started_at=at,
        due_at=engine.deadline(rule, at, opened.profile),
    )  # fmt: skip


def stop(opened: OpenCase, rule_id: str) -> int:
    """Stop a running clock; how many ran."""
    return Clock.objects.filter(case=opened.case, rule=rule_id, stopped_at=None).update(stopped_at=clock.now())
