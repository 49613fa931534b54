"""The seven profiles that ship: sound, sourced, and built on one base."""

import pytest

from opentrm.kernel.errors import NotFound, Refused
from opentrm.policy import load_policy
from opentrm.protocol import load_profile
from opentrm.protocol.check import FREE_STAGES, check_profile
from opentrm.protocol.draw import draw
from opentrm.protocol.facts import FACTS

NAMES = ("base", "al", "ba", "md", "me", "ro", "rs")


@pytest.fixture(params=NAMES)
def profile(request):
    return load_profile(request.param)


def test_it_has_no_problems(profile):
    assert check_profile(profile.id) == []


def test_help_needs_nothing_but_that_she_was_screened(profile):
    for step in profile.steps.values():
        if step.stage in FREE_STAGES:
            assert set(step.needs) <= {"screened"}, step.id


def test_status_and_testimony_stand_before_nothing(profile):
    needed = {need for step in profile.steps.values() for need in step.needs}
    assert not needed & {"identified", "presumed", "not_identified"}
    assert needed <= set(FACTS)


def test_needs_stand_only_before_disclosure_travel_and_closure(profile):
    for step in profile.steps.values():
        if set(step.needs) - {"screened"}:
            assert step.gates in ("disclosure", "travel", "closure") or step.stage == "consent", step.id


def test_a_reporting_duty_of_those_who_meet_her_first_is_written_down(profile):
    assert {"border_officer", "case_manager", "shelter_worker"} <= {
        role.id for role in profile.roles.values() if role.reports
    }


def test_every_role_of_a_profile_stands_in_the_policy_table(profile):
    assert set(profile.roles) <= set(load_policy().roles)


def test_nothing_about_her_past_has_to_be_answered_before_help(profile):
    """A form that needs an answer about her past would stand before help."""
    told = ("account", "psychosocial")
    required = [
        (form.id, question.id)
        for form in profile.forms.values()
        for question in form.questions()
        if question.required and (question.section or form.section) in told and form.stage in ("screen", *FREE_STAGES)
    ]
    assert required == []


def test_no_page_calls_her_a_victim(profile):
    for form in profile.forms.values():
        words = [form.title, form.intro, *(group.say for group in form.groups)]
        words += [f"{question.ask} {question.hint}" for question in form.questions()]
        assert "victim" not in " ".join(words).lower(), form.id


@pytest.mark.parametrize("name", NAMES[1:])
def test_a_country_says_its_own_name_zone_and_facts_with_their_sources(name):
    profile, base = load_profile(name), load_profile("base")
    assert (profile.id, profile.country) == (name, name.upper())
    assert profile.holidays
    assert profile.digest != base.digest
    assert set(base.forms) <= set(profile.forms)
    assert set(base.steps) <= set(profile.steps)
    for fact in profile.facts:
        assert fact.checked_on
        assert fact.confirmed is (fact.confidence == "high" and fact.source is not None)
    assert any(not fact.confirmed for fact in profile.facts)


def test_two_sources_that_differ_are_both_kept():
    appeals = [fact.value for fact in load_profile("rs").facts if fact.key == "identification_appeal"]
    assert appeals == [False, True]


def test_what_a_country_states_replaces_and_the_rest_stays():
    rs, base = load_profile("rs"), load_profile("base")
    assert rs.bodies["identification_body"].title == "Centre for Protection of Trafficking Victims"
    assert rs.bodies["ngo"] == base.bodies["ngo"]
    assert rs.clocks == base.clocks


def test_a_form_or_profile_that_is_not_there_is_not_found():
    with pytest.raises(NotFound):
        load_profile("rs").form("F-00")
    with pytest.raises(NotFound):
        load_profile("xx")


def test_a_profile_cannot_be_changed_once_read():
    with pytest.raises(Exception, match="frozen"):
        load_profile("rs").steps["plan"].needs = ("identified",)


def test_it_can_be_drawn(profile):
    drawn = draw(profile)
    for step in profile.steps.values():
        assert f"| {step.title} | {step.stage} |" in drawn
    assert "declare --> request" in drawn


def test_a_refusal_is_one_family():
    assert issubclass(NotFound, Refused)
