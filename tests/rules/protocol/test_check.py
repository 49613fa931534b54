"""check-profile finds planted faults, and says in which file and line each one stands."""

import shutil

import pytest

from opentrm.kernel.errors import NotValid
from opentrm.protocol import load_profile
from opentrm.protocol.check import check_profile
from opentrm.protocol.load import SHIPPED

HEAD = 'extends = "base"\nid = "xx"\ncountry = "XX"\nname = "Nowhere"\nversion = "2026.1"\n'
FORM = 'id = "F-99"\nversion = "1"\ntitle = "More"\nstage = "assess"\nsection = "needs"\n[[group]]\n'


@pytest.fixture
def country(tmp_path):
    """Write files into a country's folder beside a copy of the shipped base, and check it."""
    shutil.copytree(SHIPPED / "base", tmp_path / "base")
    (tmp_path / "xx" / "forms").mkdir(parents=True)
    (tmp_path / "xx" / "profile.toml").write_text(HEAD)

    def check(name="", text=""):
        if name:
            (tmp_path / "xx" / name).write_text(text, encoding="utf-8")
        return [str(problem) for problem in check_profile("xx", tmp_path)]

    return check


def test_a_country_that_only_extends_the_base_is_sound(country):
    assert country() == []


@pytest.mark.parametrize("step", ["assess", "plan", "assist", "listen"])
@pytest.mark.parametrize("need", ["identified", "presumed", "consent.help", "informed", "risk.assessed"])
def test_help_that_waits_for_status_consent_or_anything_is_a_problem(country, step, need):
    (problem,) = country("steps.toml", f'# ours\n[[step]]\nid = "{step}"\nneeds = ["screened", "{need}"]\n')
    assert problem.startswith("xx/steps.toml:3: ")
    assert "help needs nothing but that she was screened" in problem


def test_a_new_step_of_help_is_held_to_the_same_rule(country):
    text = '[[step]]\nid = "school"\ntitle = "School"\nstage = "assist"\nneeds = ["consent.help"]\n'
    (problem,) = country("steps.toml", text)
    assert problem.startswith("xx/steps.toml:2: The step school is help")


def test_help_cannot_be_given_conditions_by_moving_it_to_another_stage_of_help(country):
    (problem,) = country("steps.toml", '[[step]]\nid = "plan"\nstage = "listen"\nneeds = ["assessed"]\n')
    assert "The step plan is help" in problem


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ('stage = "dance"', "names a stage that does not exist: dance"),
        ('needs = ["moonlight"]', "names a fact that does not exist: moonlight"),
        ('gives = ["moonlight"]', "names a fact that does not exist: moonlight"),
        ('form = "F-77"', "names a form that does not exist: F-77"),
    ],
)
def test_a_step_that_names_what_does_not_exist_is_a_problem(country, line, sentence):
    (problem,) = country("steps.toml", f'[[step]]\nid = "close"\n{line}\n')
    assert problem.startswith("xx/steps.toml:2: The step close ")
    assert sentence in problem


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        ('stage = "dance"', "names a stage"),
        ("days = 0", "has no length"),
        ('starts_on = "sunrise"', "starts on something nobody says: sunrise"),
    ],
)
def test_a_clock_that_cannot_run_is_a_problem(country, lines, sentence):
    (problem,) = country("clocks.toml", f'[[clock]]\nid = "needs"\n{lines}\n')
    assert problem.startswith("xx/clocks.toml:2: The clock needs ")
    assert sentence in problem


QUESTIONS = {
    'id = "who"\nask = "Who?"\nkind = "one"\n': "has nothing to choose from",
    'id = "who"\nask = "Who?"\nsection = "diary"\n': "names a section that does not exist",
    'id = "who"\nask = "Who?"\nwhen = { question = "why", is = ["x"] }\n': "waits for one that comes later",
    'id = "who"\nask = "A?"\n[[group.question]]\nid = "who"\nask = "B?"\n': "asks who twice",
}


@pytest.mark.parametrize(("question", "sentence"), QUESTIONS.items(), ids=list(QUESTIONS.values()))
def test_a_question_that_cannot_be_asked_is_a_problem_of_that_very_form(country, tmp_path, question, sentence):
    sound = FORM.replace("F-99", "Z-01") + '[[group.question]]\nid = "who"\nask = "Who?"\n'
    (tmp_path / "xx" / "forms" / "Z-01.toml").write_text(sound)
    (problem,) = country("forms/F-99.toml", FORM + "[[group.question]]\n" + question)
    assert problem.startswith("xx/forms/F-99.toml:8: ")
    assert sentence in problem


def test_a_form_of_no_stage_or_section_is_a_problem(country):
    (problem,) = country("forms/F-99.toml", FORM.replace('"needs"', '"diary"'))
    assert problem == "xx/forms/F-99.toml:1: The form F-99 names a stage or section that does not exist."


def test_a_fact_marked_high_without_a_source_is_a_problem(country):
    text = '[[fact]]\ntext = "90 days"\nkey = "reflection"\nconfidence = "high"\nchecked_on = "2026-11-24"\n'
    assert country("facts.toml", text) == [
        "xx/facts.toml:3: The fact reflection is marked high and names no source."
    ]  # fmt: skip


@pytest.mark.parametrize("line", ['zone = "Europe/Nowhere"', 'holidays = ["31-12"]', 'holidays = ["2026-02-30"]'])
def test_a_calendar_that_does_not_exist_is_a_problem(country, line):
    (problem,) = country("profile.toml", f"{HEAD}{line}\n")
    assert problem.startswith("xx/profile.toml:2: ")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("steps.toml", "[[step]]\nid = = 2\n", "steps.toml: Invalid value (at line 2"),
        ("steps.toml", '[[step]]\ntitle = "Nameless"\n', "a step has no id"),
        ("steps.toml", '[[step]]\nid = "plan"\n[[step]]\nid = "plan"\n', "the id of another: plan"),
        ("steps.toml", "step = 5\n", "a step has no id"),
        ("steps.toml", '[[step]]\nid = "plan"\ncolour = "red"\n', "steps.plan.colour"),
        ("steps.toml", '[[step]]\nid = "plan"\ngates = "help"\n', "steps.plan.gates"),
        ("clocks.toml", '[[clock]]\nid = "needs"\ndays = "three"\n', "clocks.needs.days"),
        ("forms/F-99.toml", 'title = "Nameless"\n', "a form has no id"),
        ("facts.toml", '[[fact]]\nkey = "k"\ntext = "t"\nconfidence = "certain"\nchecked_on = "x"\n', "confidence"),
        ("profile.toml", HEAD.replace('"base"', '"moon"'), "no profile called moon"),
        ("profile.toml", HEAD.replace('"base"', '"xx"'), "extends itself"),
        ("profile.toml", HEAD.replace('"base"', "7"), "no profile"),
    ],
)  # fmt: skip
def test_a_profile_that_cannot_be_read_is_one_problem_in_words(country, name, text, said):
    (problem,) = country(name, text)
    assert problem.startswith("xx/profile.toml:1: ")
    assert said in problem


def test_a_file_in_another_encoding_is_one_problem_in_words(country, tmp_path):
    (tmp_path / "xx" / "facts.toml").write_bytes('[[fact]]\nkey = "čuvanje"\n'.encode("cp1250"))
    (problem,) = country()
    assert "xx/facts.toml" in problem


def test_a_profile_that_is_not_there_is_a_problem_and_a_faulty_one_does_not_load(country, tmp_path):
    (problem,) = check_profile("yy", tmp_path)
    assert "no profile called yy" in problem.sentence
    country("steps.toml", "step = 5\n")
    with pytest.raises(NotValid):
        load_profile("xx", tmp_path)
