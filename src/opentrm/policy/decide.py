"""Reading the policy table and answering from it. Default deny; off the team everything is refused alike."""

import hashlib
import itertools
import json
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from opentrm.kernel.errors import NotValid
from opentrm.kernel.words import SECTIONS

ACTIONS = ("read", "write", "sign", "decide", "send")
CONSENTS = ("none", "covers")
EFFECTS = ("deny", "mask", "summary", "allow")

CASE_ROLES = ("case_manager", "second_professional", "supervisor", "identification_authority", "shelter_worker",
              "health", "psychologist", "lawyer", "guardian", "contact_point")  # fmt: skip
NEVER_TOGETHER = (
    *(("administrator", role) for role in CASE_ROLES),
    ("administrator", "feedback_reviewer"),
    *(("feedback_reviewer", role) for role in CASE_ROLES),
    ("border_officer", "shelter_worker"),
    ("border_officer", "health"),
    ("border_officer", "psychologist"),
)

WHY = {
    "allow": "Your role on this case includes it.",
    "mask": "Your role may know that this is there, and no more.",
    "summary": "Your role sees a summary of this part.",
    "deny": "Your role on this case does not include it.",
    "consent": "Your role includes it only while she agrees to it.",
    "off": "There is nothing here that you can open.",
}


@dataclass(frozen=True, slots=True)
class Decision:
    """``effect`` is allow, summary, mask or deny; ``why`` is one sentence for the page."""

    effect: str
    why: str


OFF = Decision("deny", WHY["off"])
DENY = Decision("deny", WHY["deny"])


class Policy:
    """The table, unrolled once into every (role, section, action, consent) it answers."""

    def __init__(self, cells: dict[tuple[str, str, str, str], Decision], roles: tuple[str, ...]) -> None:
        self._cells = cells
        self.roles = roles

    def decide(
        self, roles: frozenset[str], relation: str, section: str, action: str, *, consent: str = "none",
        flags: frozenset[str] = frozenset(),
    ) -> Decision:  # fmt: skip
        """The best answer over the roles held on this case.

        ``relation`` is ``team`` or anything else, which is off the team. ``consent`` is ``covers`` while she
        agrees to help here. ``flags`` (such as ``child``) take nothing away today; acts ask for a second person.
        """
        if relation != "team":
            return OFF
        best = DENY
        for role in roles:
            found = self._cells.get((role, section, action, consent), DENY)
            if EFFECTS.index(found.effect) > EFFECTS.index(best.effect) or (best is DENY and found.why != best.why):
                best = found
        return best

    def readable(self, roles: frozenset[str], *, consent: str = "none") -> dict[str, str]:
        """Each section these roles may read on their own case, with the effect."""
        found = {section: self.decide(roles, "team", section, "read", consent=consent).effect for section in SECTIONS}
        return {section: effect for section, effect in found.items() if effect != "deny"}

    def digest(self) -> str:
        """SHA-256 over every answer: any change to the table changes it."""
        rows = sorted((*key, decision.effect) for key, decision in self._cells.items())
        return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


@cache
def load_policy(path: Path | None = None) -> Policy:
    """Read the table. Raises NotValid for an unknown section, action or word, naming the role."""
    table = tomllib.loads((path or Path(__file__).with_name("policy.toml")).read_text(encoding="utf-8"))
    cells: dict[tuple[str, str, str, str], Decision] = {}
    for role, lines in table.items():
        for section, words in lines.items():
            _check(role, section, words)
            for action, consent in itertools.product(ACTIONS, CONSENTS):
                cells[role, section, action, consent] = _cell(words.split(), action, consent)
    return Policy(cells, tuple(table))


def _cell(words: list[str], action: str, consent: str) -> Decision:
    for word in words:
        name, _, manner = word.partition(":")
        if name != action:
            continue
        if manner == "consent":
            return Decision("allow", WHY["allow"]) if consent == "covers" else Decision("deny", WHY["consent"])
        return Decision(manner or "allow", WHY[manner or "allow"])
    return DENY


def _check(role: str, section: str, words: str) -> None:
    if section not in SECTIONS:
        raise NotValid(f"The policy table gives {role} a section that does not exist: {section}.")
    for word in words.split():
        name, _, manner = word.partition(":")
        if name not in ACTIONS or manner not in ("", "mask", "summary", "consent"):
            raise NotValid(f"The policy table gives {role} a word that does not exist: {word}.")
