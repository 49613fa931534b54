"""``@step``: an act on a case. One transaction, permitted, in time, noted, and in the log."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.db import transaction

from opentrm.accounts.action import ACTIONS
from opentrm.audit import record as audit
from opentrm.cases import clocks
from opentrm.cases.gate import OpenCase, relock
from opentrm.kernel.errors import NotNow, Refused

Act = TypeVar("Act", bound=Callable[..., Any])


def step(
    event: str,
    *,
    stage: str,
    section: str,
    action: str = "write",
    needs: tuple[str, ...] = (),
    gives: tuple[str, ...] = (),
) -> Callable[[Act], Act]:
    """Make a function of an open case an act.

    It is refused off the team, against the policy table (``section``, ``action``), and before the facts in
    ``needs``. Facts may only stand before disclosure, travel and closure, never before help (design decision 1).
    Facts in ``gives`` are true afterwards; clocks start and stop with them; the case moves on to ``stage``.
    """

    def decorate(act: Act) -> Act:
        @wraps(act)
        def done(opened: OpenCase, *given: Any, actor: Any, **named: Any) -> Any:
            try:
                with transaction.atomic():
                    fresh = relock(opened)
                    fresh.check(section, action)
                    _check_facts(fresh, needs)
                    before = fresh.facts
                    outcome = act(fresh, *given, actor=actor, **named)
                    _finish(fresh, before, event, stage, section, gives, outcome)
                    return outcome
            except Refused as refusal:
                audit.refused(actor, event, refusal, about=opened.audit_id)
                raise

        ACTIONS[event] = done
        done.is_act = True  # type: ignore[attr-defined]
        return done  # type: ignore[return-value]

    return decorate


def _finish(
    opened: OpenCase,
    before: frozenset[str],
    event: str,
    stage: str,
    section: str,
    gives: tuple[str, ...],
    outcome: object,
) -> None:
    if gives:
        opened.change(given=gives)
    opened.advance(stage)
    about = str(getattr(outcome, "pk", "") or "")
    opened.note(event, section, about)
    opened.save()
    clocks.follow(opened, started=(event, *(opened.facts - before)))
    audit.record(opened.actor, event, about=opened.audit_id, section=section)


def _check_facts(opened: OpenCase, needs: tuple[str, ...]) -> None:
    for fact in needs:
        if fact not in opened.facts:
            reason, stage = MISSING.get(fact, (f"This comes later: the case does not have `{fact}` yet.", None))
            raise NotNow(reason, step=stage)


# What to say, and where to go, when a fact is missing.
MISSING: dict[str, tuple[str, str | None]] = {
    "screened": ("Screen and accept the case first.", "screen"),
    "consent.ask_abroad": (
        "Ask her first whether another country may be asked, without her name.",
        "consent",
    ),
    "consent.disclose": ("She has not agreed to send her file to this offer yet.", "consent"),
    "consent.return": ("She has not agreed to this journey yet.", "consent"),
    "consent.progress": ("She has not agreed that news of her is sent.", "consent"),
    "declared": ("Explain the four roads and write down what she decides first.", "refer"),
    "requested": ("Ask the other country first, without her name.", "refer"),
    "offered": ("The other country has not offered a place yet.", "refer"),
    "locked": ("Both countries have to lock the terms first.", "refer"),
    "return_risk.both": ("Both countries have to score the risk of return first.", "refer"),
    "guardian": ("A guardian has to be there before this is done for a child.", "identify"),
    "arrived": ("Her arrival has to be confirmed first.", "receive"),
}
