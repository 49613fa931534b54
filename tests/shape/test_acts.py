"""Every act is decorated, every event has its sentence, and doors reach no record's manager."""

import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import opentrm.cases.actions
import opentrm.referrals.actions
from opentrm.accounts.action import ACTIONS
from opentrm.doors.desk.events import SENTENCES
from opentrm.federation.kinds import Kind
from opentrm.federation.table import TABLE
from opentrm.referrals.receive import event_of

SOURCE = Path("src/opentrm")
# Functions that take an actor and are no acts themselves, each with its reason.
INSIDE = {
    "give": "calls the act of the consent with the offer that is on the table",
    "keep": "runs inside the acts that preview",
    "send": "runs inside the acts that send",
    "withdraw": "two acts in one transaction: the consent, and telling the partner",
    "waiting": "a query of the actor's own desk",
    "intake_for": "a query of the actor's own desk",
    "receipts": "a query of what the actor handed over",
    "contact": "makes a value from the actor",
}
ELSEWHERE = (  # not about one case
    "screening.handed",
    "screening.declined",
    "screening.read",
    "request.",
    "partner.",
    "word.",
    "cases.imported",
)
RIGHTS = {Kind.RECALL, Kind.ERASE, Kind.ERASED, Kind.ERASE_REFUSED, Kind.RECTIFY, Kind.RESTRICT, Kind.ACCESS_COPY}


def modules():
    for package in (opentrm.cases.actions, opentrm.referrals.actions):
        for found in pkgutil.iter_modules(package.__path__):
            yield importlib.import_module(f"{package.__name__}.{found.name}")
    for name in ("accounts.actions", "directory.actions", "feedback.words", "feedback.cards", "referrals.partners"):
        yield importlib.import_module(f"opentrm.{name}")


def functions():
    for module in modules():
        for name, thing in inspect.getmembers(module, inspect.isfunction):
            if inspect.unwrap(thing).__module__ == module.__name__ and not name.startswith("_"):
                yield module, name, thing


def test_every_function_with_an_actor_is_an_act_or_says_why_not():
    bare = [
        f"{module.__name__}.{name}"
        for module, name, thing in functions()
        if "actor" in inspect.signature(inspect.unwrap(thing)).parameters
        and not hasattr(thing, "is_act")
        and name not in INSIDE
    ]
    assert bare == []


def test_every_event_of_a_case_has_its_sentence_on_the_timeline():
    list(modules())
    of_cases = [event for event, act in ACTIONS.items() if re.search(r"cases|referrals|feedback", act.__module__)]
    assert [event for event in of_cases if event not in SENTENCES and not event.startswith(ELSEWHERE)] == []


def test_every_message_that_can_arrive_has_its_sentence():
    kinds = {kind for (_, _, kind, way) in TABLE if way == "received"} - {Kind.REQUEST} - RIGHTS
    assert [kind for kind in kinds if event_of(kind) not in SENTENCES] == []


def test_no_door_touches_a_manager():
    touched = [
        f"{file}:{number}"
        for file in SOURCE.joinpath("doors").rglob("*.py")
        for number, line in enumerate(file.read_text().splitlines(), 1)
        if ".objects" in line
    ]
    assert touched == []
