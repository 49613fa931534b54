"""Invented people for both sides: the same names, countries, stages and times, from one seed."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

FIRST = [
    "Милица",
    "Jovana",
    "Snežana",
    "Đorđe",
    "Amra",
    "Lejla",
    "Blerta",
    "Elira",
    "Doina",
    "Olesea",
    "Cătălina",
    "Oksana",
    "Ștefan",
    "Ana",
    "Катерина",
    "Nikola",
]
LAST = [
    "Живковић",
    "Petrović",
    "Šarić",
    "Hadžić",
    "Čaušević",
    "Hoxha",
    "Gjoka Çela",
    "Përmeti",
    "Rusu",
    "Ceban",
    "Moraru",
    "Munteanu",
    "Popa",
    "Лисенко",
    "Koval",
    "Стојановска",
]
COUNTRIES = ["RS", "BA", "AL", "MD", "RO", "UA"]
STAGES = ["screen", "identify", "consent", "assess", "plan", "refer", "assist", "close"]
# One surname in three scripts, in as many cases at every size, so that both sides find equally many.
RARE, SPELLINGS, HOW_MANY = "Đorđević", ["Đorđević"], 12
BEGIN = datetime(2026, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Person:
    """One invented person's case."""

    number: int
    name: str
    country: str
    stage: str
    risk: str
    at: datetime
    account: str


def people(count: int) -> Iterator[Person]:
    """``count`` people; always the same ones."""
    chance = random.Random(7)
    rare = set(range(0, count, max(1, count // HOW_MANY)))
    for number in range(count):
        last = RARE if number in rare else chance.choice(LAST)
        yield Person(
            number, f"{chance.choice(FIRST)} {last}", chance.choice(COUNTRIES), chance.choice(STAGES),
            chance.choice(["low", "medium", "high"]), BEGIN + timedelta(minutes=number), "Told at the border. " * 12,
        )  # fmt: skip
