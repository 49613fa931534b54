"""Invented people and organisations, and the forms they fill in."""

from dataclasses import dataclass

from opentrm.accounts.actions import add_organisation, invite
from opentrm.accounts.models import Organisation, User
from opentrm.audit.record import Machine
from opentrm.node import current
from opentrm.protocol import Answers

SETUP = Machine("tests")


@dataclass
class Staff:
    """Everybody a walk needs."""

    centre: Organisation
    police: Organisation
    officer: User
    desk: User
    manager: User
    second: User
    authority: User
    contact: User
    reviewer: User
    admin: User
    stranger: User


def person(username: str, name: str, body: Organisation, *roles: str) -> User:
    """An account with these roles."""
    user, _ = invite(username, name, body, roles, actor=SETUP, phone="+381 11 000 000")
    user.set_password("correct horse battery staple")
    user.save()
    return user


def staff() -> Staff:
    """A Serbian node's people."""
    centre = add_organisation("Centre for Protection", "identification_body", "+381 11 000 001", actor=SETUP)
    police = add_organisation("Border police", "border_police", actor=SETUP)
    return Staff(
        centre, police,
        officer=person("officer", "Željko Šarić", police, "border_officer"),
        desk=person("desk", "Jovana Đukić", centre, "duty_desk"),
        manager=person("manager", "Milica Živković", centre, "case_manager"),
        second=person("second", "Stefan Tešić", centre, "second_professional"),
        authority=person("authority", "Vesna Radić", centre, "identification_authority"),
        contact=person("contact", "Čedomir Lukić", centre, "contact_point"),
        reviewer=person("reviewer", "Ана Поповић", police, "feedback_reviewer"),
        admin=person("admin", "Nikola Ilić", centre, "administrator"),
        stranger=person("stranger", "Dragana Božić", centre, "case_manager"),
    )  # fmt: skip


def form(form_id: str, **typed: object) -> Answers:
    """A form of the profile, filled in as the browser would send it."""
    return current.profile().form(form_id).parse(typed)  # type: ignore[arg-type]


def screening(**changes: object) -> Answers:
    """F-01 of an invented woman with two surnames."""
    usual = {
        "needs_now": ["water_food"], "danger": "no_sign", "fit": "yes", "language": "ro", "age_group": "25_39",
        "age_doubt": "no", "sex": "woman", "name": "Doina Țurcanu Lungu", "citizenship": "MD",
        "safe_contact": "Through the day room only", "acts": ["brought"], "acts__source": "told",
        "means": ["papers_taken"], "means__source": "observed", "words__state": "not_now", "outcome": "grounds",
    }  # fmt: skip
    return form("F-01", **(usual | changes))


def risk(level: str = "medium", form_id: str = "F-05") -> Answers:
    """A risk assessment."""
    factors = dict.fromkeys(("health", "others", "family", "place", "law"), "low")
    return form(
        form_id, own_fear="afraid", fear_words="That he finds the house", overall=level, why="He is free.", **factors
    )


def consent(**changes: object) -> Answers:
    """F-11, freely given."""
    free = dict.fromkeys(("in_custody", "unfit", "pressure_present", "interpreter_refused", "guardian_suspected"), "no")
    usual = {**free, "teach_back": "You ask whether there is a place.", "reading": "interpreter", "proof": "paper"}
    return form("F-11", **(usual | changes))
