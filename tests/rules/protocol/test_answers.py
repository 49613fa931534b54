"""Not now, prefers not to say, and unknown are three answers, and none of them is silence."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opentrm.protocol import Answer, Answers
from opentrm.protocol.answers import SOURCES, STATES

GIVEN = Answers(
    {
        "name": Answer("Ђорђевић Милица", source="document", section="identity"),
        "children": Answer(None, "prefers_not", section="family"),
        "debt": Answer(None, "unknown", section="account"),
        "health": Answer(None, "not_now", section="health"),
        "needs": Answer(("doctor", "woman"), section="needs"),
    }
)


def test_there_are_three_other_answers_and_a_page_can_say_each():
    assert STATES == {"not_now": "Not now", "prefers_not": "Prefers not to say", "unknown": "Unknown"}
    assert set(SOURCES) == {"told", "observed", "document"}


def test_the_three_other_answers_stay_apart_when_they_are_sealed_and_read_again():
    again = Answers.from_json(json.loads(json.dumps(GIVEN.as_json())))
    assert again == GIVEN
    states = {name: answer.state for name, answer in again.items()}
    assert states == {
        "name": "said", "children": "prefers_not", "debt": "unknown", "health": "not_now", "needs": "said"
    }  # fmt: skip


def test_an_answer_that_was_not_given_is_absent_and_not_a_no():
    assert "age" not in GIVEN
    assert (GIVEN.said("age"), GIVEN.many("age")) == ("", ())
    with pytest.raises(KeyError):
        GIVEN["age"]


@pytest.mark.parametrize("name", ["children", "debt", "health"])
def test_another_answer_says_no_value(name):
    assert (GIVEN.said(name), GIVEN.many(name)) == ("", ())
    assert name in GIVEN


def test_one_value_and_several_are_read_either_way():
    assert GIVEN.said("needs") == "doctor,woman"
    assert GIVEN.many("needs") == ("doctor", "woman")
    assert GIVEN.many("name") == ("Ђорђевић Милица",)


def test_a_section_gets_only_what_belongs_to_it():
    assert set(GIVEN.for_section("identity")) == {"name"}
    assert len(GIVEN.for_section("psychosocial")) == 0
    assert sum(len(GIVEN.for_section(answer.section)) for answer in GIVEN.values()) == len(GIVEN)


def test_what_the_software_notes_itself_is_filed_in_one_section():
    noted = Answers.of("status", outcome="presumed", roads=("stay", "return"), nothing=None)
    assert {answer.section for answer in noted.values()} == {"status"}
    assert noted.many("roads") == ("stay", "return")
    assert noted["nothing"].value is None


def test_an_older_answer_without_state_source_or_section_is_still_read():
    assert Answers.from_json({"name": {"value": "Besa"}})["name"] == Answer("Besa")


VALUE = st.none() | st.text(max_size=10) | st.lists(st.text(max_size=4), max_size=3).map(tuple)
ANSWER = st.builds(Answer, VALUE, st.sampled_from(["said", *STATES]), st.sampled_from(["", *SOURCES]), st.just("needs"))


@settings(max_examples=40, deadline=None)
@given(st.dictionaries(st.text(max_size=6), ANSWER, max_size=4))
def test_whatever_was_answered_is_read_back(given_):
    answers = Answers(given_)
    assert Answers.from_json(json.loads(json.dumps(answers.as_json()))) == answers
