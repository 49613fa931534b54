"""A node of its own for the canaries: plants strings in every sealed section, reads them back on pages, and says them.

Run as ``python -m tests.canary_node FOLDER [--unsealed]``; the last line is JSON.
"""

import json
import os
import re
import secrets
import sys
from pathlib import Path

FORMS = ("F-03", "F-06", "F-08", "F-10", "F-14", "F-15a", "F-16", "F-04", "F-02", "F-19")


class Canaries:
    """Strings nobody else writes, and where each was planted."""

    def __init__(self) -> None:
        self.planted: dict[str, str] = {}

    def new(self, where: str) -> str:
        """One more, with signs that every escape writes differently."""
        made = f'kanarinac-ž{secrets.token_hex(6)}-"ш"'
        self.planted[made] = where
        return made


def main() -> None:
    """Make, plant, read back, say."""
    folder = Path(sys.argv[1])
    os.environ["OPENTRM_HOME"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "opentrm.config.settings")
    from opentrm.config.init import init

    given = [
        "--country",
        "RS",
        "--name",
        "Canaries",
        "--demo",
        "--database",
        os.environ.get("CANARY_DATABASE", "sqlite"),
    ]
    init([str(folder), *given])
    if "--unsealed" in sys.argv:
        _switch_sealing_off()
    canaries = Canaries()
    ref, staff = _plant(canaries)
    missing = _read_back(canaries, ref, staff)
    print(json.dumps({"planted": list(canaries.planted), "not_read_back": missing}))


def _switch_sealing_off() -> None:
    from opentrm.cases import keys
    from opentrm.cases.actions import screen
    from opentrm.feedback import words
    from opentrm.referrals import boxes

    for module in (keys, screen, words, boxes):
        module.seal = lambda key, plaintext, place: plaintext
        module.unseal = lambda key, blob, place: bytes(blob)


def _plant(canaries: Canaries):
    from opentrm.cases.actions import assist, close, consent, identify, second, team, write
    from opentrm.cases.filing import digest_of
    from opentrm.cases.gate import case_for
    from opentrm.cases.queries import filing_of
    from opentrm.doors.desk.pages.case import ACTS
    from opentrm.feedback import cards, words
    from tests import people

    staff = people.staff()
    lawyer = people.person("lawyer", "Ivana Božić Marić", staff.centre, "lawyer", "health")
    listener = people.person("listener", "Ана Ђукић", staff.centre, "psychologist")
    from opentrm.cases.actions import screen

    answers = people.form("F-01", **_typed(canaries, "F-01", danger="soon", outcome="grounds"))
    case = screen.accept(screen.hand_over(answers, staff.centre, actor=staff.officer), staff.manager, actor=staff.desk)

    def opened(user=staff.manager):
        return case_for(user, case.ref)

    for user, role in ((staff.second, "second_professional"), (lawyer, "lawyer"), (lawyer, "health"),
                       (staff.authority, "identification_authority"), (listener, "psychologist")):  # fmt: skip
        team.add(opened(), user, role, actor=staff.manager)
    for form_id in FORMS:
        answers = people.form(form_id, **_typed(canaries, form_id))
        if form_id in ACTS:
            ACTS[form_id].do(opened(), answers, actor=staff.manager)
        else:
            write.write(opened(), form_id, answers, actor=staff.manager)
    write.write(opened(lawyer), "F-21", people.form("F-21", **_typed(canaries, "F-21")), actor=lawyer)
    notes = people.form("F-10p", **_typed(canaries, "F-10p"))
    write.write(opened(listener), "F-10p", notes, actor=listener)
    risk = people.form("F-05", **_typed(canaries, "F-05", own_fear="very", overall="high"))
    filing = identify.assess_risk(opened(), risk, actor=staff.manager)
    (asked,) = second.waiting(opened(staff.second))
    digest = digest_of(filing_of(opened(staff.second), filing.id))
    second.look(opened(staff.second), asked, True, digest, canaries.new("note"), actor=staff.second)
    identify.decide(opened(staff.authority), people.form("F-09", **_typed(canaries, "F-09")), actor=staff.authority)
    consent.give(opened(), "help", people.consent(teach_back=canaries.new("consent")), actor=staff.manager)
    made = assist.offer(opened(), "medical", canaries.new("help"), actor=staff.manager)
    assist.answer(opened(), made, "declined", canaries.new("help"), actor=staff.manager)
    card = cards.enter(cards.make(opened(), "ro", actor=staff.manager))
    words.say(card, "concern", {"words": canaries.new("feedback")})
    assert close
    return case.ref, {"manager": staff.manager, "lawyer": lawyer, "second": staff.second, "authority": staff.authority,
                      "reviewer": staff.reviewer, "listener": listener}  # fmt: skip


def _typed(canaries: Canaries, form_id: str, **fixed: object) -> dict[str, object]:
    """Every free field of a form with a canary of its own, everything else with its first answer."""
    from opentrm.node import current

    form = current.profile().form(form_id)
    typed: dict[str, object] = dict(fixed)
    for question in form.questions():
        if question.id in typed:
            continue
        if question.kind in ("text", "long"):
            typed[question.id] = canaries.new(question.section or form.section)
        elif question.kind == "many":
            typed[question.id] = [option.code for option in question.choices]
        elif question.kind in ("one", "yes_no"):
            typed[question.id] = question.choices[0].code
    if form_id == "F-01":
        typed |= {"age_group": "25_39", "age_doubt": "no"}
    return typed


def _read_back(canaries: Canaries, ref: str, staff: dict[str, object]) -> list[str]:
    """The canaries that stand on no page of anybody who may read them."""
    from django.test import Client

    from opentrm.kernel.words import SECTIONS

    seen = ""
    for user in staff.values():
        client = Client()
        client.force_login(user)
        pages = [f"/cases/{ref}/file/{section}/" for section in SECTIONS] + [f"/cases/{ref}/assist/", "/words/"]
        for page in pages:
            body = client.get(page).content.decode()
            seen += body
            for link in re.findall(r'href="(/words/[0-9a-f]{32}/)"', body):
                seen += client.get(link).content.decode()
    import html

    seen = html.unescape(seen)
    notes = [text for text, where in canaries.planted.items() if where == "note"]
    return [text for text in canaries.planted if text not in seen and text not in notes]


if __name__ == "__main__":
    main()
