"""Scenes that stay in one country: every stage from a screening that waits to a closed case, and a late clock."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from opentrm.accounts.models import Organisation
from opentrm.cases.actions import assess, assist, close, consent, identify, plan, screen, second, team, write
from opentrm.cases.filing import digest_of
from opentrm.cases.gate import OpenCase, case_for
from opentrm.cases.models import Case
from opentrm.cases.queries import filing_of
from opentrm.config.demo.actor import Node
from opentrm.kernel import clock
from opentrm.node import current
from opentrm.protocol import Answers

MANAGER, SECOND, AUTHORITY = "milica.zivkovic", "stefan.tesic", "vesna.radic"


def form(form_id: str, **typed: Any) -> Answers:
    """A form of the profile, filled in."""
    return current.profile().form(form_id).parse(typed)


def screening(name: str, country: str = "MD", language: str = "ro", **changes: Any) -> Answers:
    """F-01 of an invented person."""
    usual = {
        "needs_now": ["water_food", "toilet_rest"], "danger": "no_sign", "fit": "yes", "language": language,
        "age_group": "25_39", "age_doubt": "no", "sex": "woman", "with_child": "no", "name": name,
        "citizenship": country, "safe_contact": "Only through the day room, mornings", "acts": ["brought"],
        "acts__source": "told", "means": ["papers_taken", "debt"], "means__source": "told", "forms": ["labour"],
        "words__state": "not_now", "outcome": "grounds",
    }  # fmt: skip
    return form("F-01", **(usual | changes))


def free_yes(words: str = "You write down what I say so that you can help me.") -> Answers:
    """F-11, freely given."""
    free = dict.fromkeys(("in_custody", "unfit", "pressure_present", "interpreter_refused", "guardian_suspected"), "no")
    return form("F-11", **free, teach_back=words, reading="interpreter", proof="paper", copy="kept")


def risk_form(level: str, form_id: str = "F-05") -> Answers:
    """A risk assessment."""
    factors = dict.fromkeys(("health", "family", "place", "law"), "low")
    return form(form_id, own_fear="afraid", fear_words="That he finds out where I sleep.", others=level, overall=level,
                why="He is free and has her brother's number.", **factors)  # fmt: skip


def hand_over(node: Node, answers: Answers, *, urgent: bool = False) -> Any:
    """The border officer hands over."""
    centre = Organisation.objects.get(name="Centre for Protection")
    return screen.hand_over(answers, centre, actor=node.who("zeljko.saric"), urgent=urgent)


def a_case(node: Node, name: str, manager: str = MANAGER, **changes: Any) -> OpenCase:
    """Handed over, accepted, with a team."""
    intake = hand_over(node, screening(name, **changes))
    case = screen.accept(intake, node.who(manager), actor=node.who("jovana.djukic"))
    opened = again(node, case, manager)
    team.add(opened, node.who(SECOND), "second_professional", actor=opened.person)
    team.add(opened, node.who(AUTHORITY), "identification_authority", actor=opened.person)
    team.add(opened, node.who("cedomir.lukic"), "contact_point", actor=opened.person)
    return again(node, case, manager)


def again(node: Node, case: Case, username: str = MANAGER) -> OpenCase:
    """The case as somebody opens it now."""
    return case_for(node.who(username), case.ref)


def sign(node: Node, case: Case, username: str = SECOND) -> None:
    """A second person signs what waits."""
    opened = again(node, case, username)
    for asked in second.waiting(opened):
        digest = asked.digest if asked.kind == "disclosure" else digest_of(filing_of(opened, asked.about))
        second.look(opened, asked, True, digest, actor=opened.person)


def told(node: Node, opened: OpenCase) -> None:
    """What she was told, and the early risk, signed."""
    consent.inform(
        opened,
        form(
            "F-03",
            topics=["who", "report", "need_not", "rights", "data"],
            language="Romanian",
            how=["interpreter"],
            copy="kept",
            her_words="You look for a bed and ask me again tomorrow.",
        ),
        actor=opened.person,
    )
    identify.assess_risk(again(node, opened.case), risk_form("medium"), actor=opened.person)


def presumed(node: Node, opened: OpenCase) -> None:
    """The decision, proposed and signed."""
    theirs = again(node, opened.case, AUTHORITY)
    identify.decide(
        theirs,
        form("F-09", status="presumed", basis=["indicators"], reasons="Papers taken, debt, watched.", told="yes"),
        actor=theirs.person,
    )
    sign(node, opened.case)


def cared_for(node: Node, opened: OpenCase) -> None:
    """Consent to help, needs, a plan from her own goal, help offered, declined, given."""
    case = opened.case
    consent.give(again(node, case), "help", free_yes(), actor=opened.person, language="ro")
    assess.assess(again(node, case), form("F-10", first="To sleep, and to call my sister.", accommodation_level="1",
                                          accommodation_need="A room with a door that locks", health_level="2",
                                          papers_level="0", papers_need="A passport"), actor=opened.person)  # fmt: skip
    plan.plan(
        again(node, case),
        form(
            "F-14",
            goal="I want to go home and learn to bake.",
            step_one="Passport: consulate, us, two weeks",
            step_two="A doctor this week",
            agreed="yes",
            copy="kept",
        ),
        actor=opened.person,
    )
    made = assist.offer(again(node, case), "medical", "Dr Kovač, Thursday", actor=opened.person)
    assist.answer(
        again(node, case), made, "accepted", promised_for=clock.now().date() - timedelta(days=2), actor=opened.person
    )
    other = assist.offer(again(node, case), "psychosocial", "A talk, if she wants", actor=opened.person)
    assist.answer(again(node, case), other, "declined", "Not now", actor=opened.person)
    bed = assist.offer(again(node, case), "shelter", "Kuća Lipa", actor=opened.person)
    assist.answer(again(node, case), bed, "accepted", actor=opened.person)
    assist.give(again(node, case), bed, clock.now().date(), actor=opened.person)


def child(node: Node, opened: OpenCase) -> None:
    """The guardian and the best-interests note come first."""
    write.write(
        opened,
        "F-19",
        form(
            "F-19",
            guardian="Municipal guardian, appointed",
            cleared="yes",
            child_view="I want to be where my aunt is.",
            answered="We ask whether she can come there.",
            decision="Near her aunt, in a family-size house.",
        ),
        actor=opened.person,
    )


def scenes(node: Node, names: list[str]) -> None:
    """A caseload at home: each name gets a little further than the one before."""
    given = iter(names)
    with clock.frozen(clock.now() - timedelta(days=6)):
        a_case(node, next(given), country="BA", language="bs")  # nothing done since: late clocks
    with clock.frozen(clock.now() - timedelta(days=2)):
        told(node, a_case(node, next(given), country="AL", language="sq"))  # waits for a second signature
    for steps in (("told",), ("told", "presumed"), ("told", "presumed", "cared"), ("told", "cared", "closed")):
        opened = a_case(node, next(given), country="UA" if "closed" in steps else "ME", language="ru")
        for step in steps:
            STEPS[step](node, again(node, opened.case))
    hand_over(node, screening(next(given), danger="now", fit="doctor"), urgent=True)
    hand_over(node, screening(next(given), country="RO"))
    screen.decline(actor=node.who("zeljko.saric"))


def _told_and_signed(node: Node, opened: OpenCase) -> None:
    told(node, opened)
    sign(node, opened.case)


def _closed(node: Node, opened: OpenCase) -> None:
    close.close(opened, form("F-18", reason="her_wish", told="yes"), actor=opened.person)


STEPS: dict[str, Callable[[Node, OpenCase], None]] = {
    "told": _told_and_signed, "presumed": presumed, "cared": cared_for, "closed": _closed,
}  # fmt: skip
