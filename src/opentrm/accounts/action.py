"""``@action``: one transaction, one permission, one entry in the log, in one line above an act."""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.db import transaction

from opentrm.accounts.models import User
from opentrm.audit import record as audit
from opentrm.kernel.errors import NotAllowed, Refused

Act = TypeVar("Act", bound=Callable[..., Any])

# Every act of every app by its event name; the shape tests read it.
ACTIONS: dict[str, Callable[..., Any]] = {}


def action(event: str, *roles: str) -> Callable[[Act], Act]:
    """Make a function an act that only holders of one of ``roles`` may do, recorded as ``event``.

    The act takes a keyword ``actor``. A refusal is recorded too, after the rollback. With no roles given
    the act is open to every active account (it then decides for itself).
    """

    def decorate(act: Act) -> Act:
        @wraps(act)
        def done(*given: Any, actor: Any, **named: Any) -> Any:
            try:
                with transaction.atomic():
                    _check(actor, roles)
                    outcome = act(*given, actor=actor, **named)
                    audit.record(actor, event, about=_about(given, outcome))
                    return outcome
            except Refused as refusal:
                audit.refused(actor, event, refusal, about=_about(given, None))
                raise

        ACTIONS[event] = done
        done.is_act = True  # type: ignore[attr-defined]
        return done  # type: ignore[return-value]

    return decorate


def _check(actor: object, roles: tuple[str, ...]) -> None:
    if not isinstance(actor, User):
        return
    if not actor.is_active:
        raise NotAllowed("This account is suspended.")
    if roles and not actor.holds(*roles):
        raise NotAllowed("Your role does not include this. Ask your administrator if it should.")


def _about(given: tuple[Any, ...], outcome: Any) -> object | None:
    for thing in (*given, outcome):
        if getattr(thing, "audit_id", None) is not None or getattr(thing, "pk", None) is not None:
            return getattr(thing, "audit_id", None) or thing.pk  # type: ignore[no-any-return]
    return None
