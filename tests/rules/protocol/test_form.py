"""Reading what somebody typed: what is taken, what is refused, and with which sentence."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opentrm.kernel.errors import NotValid
from opentrm.protocol import Form, load_profile
from opentrm.protocol.form import LONGEST

FORM = Form.model_validate(
    {
        "id": "F-99", "version": "1", "title": "Test", "stage": "assess", "section": "needs",
        "group": [{"question": [
            {"id": "name", "ask": "Name?", "states": True, "section": "identity"},
            {"id": "words", "ask": "Words?", "kind": "long", "states": True},
            {"id": "seen", "ask": "Seen?", "kind": "date", "source": True},
            {"id": "rooms", "ask": "Rooms?", "kind": "number"},
            {"id": "child", "ask": "A child?", "kind": "yes_no", "states": True},
            {"id": "age", "ask": "How old?", "kind": "number", "required": True, "must": "Write its age.",
             "when": {"question": "child", "is": ["yes"]}},
            {"id": "needs", "ask": "Needs?", "kind": "many", "options": [["bed", "A bed"], ["doctor", "A doctor"]]},
            {"id": "school", "ask": "School?", "when": {"question": "needs", "is": ["bed", "doctor"]}},
            {"id": "level", "ask": "Level?", "kind": "one", "options": [["low", "Low"], ["high", "High"]]},
            {"id": "read", "ask": "Read aloud?", "kind": "tick"},
        ]}],
    }
)  # fmt: skip


def parse(**raw):
    return FORM.parse(raw)


def errors(**raw):
    with pytest.raises(NotValid) as refused:
        FORM.parse(raw)
    return refused.value.errors


def test_an_empty_page_is_no_answer_at_all():
    assert len(FORM.parse({})) == 0
    assert len(parse(name="  ", words="\r\n", needs=["", ""], rooms=" ", seen="")) == 0


@pytest.mark.parametrize("state", ["not_now", "prefers_not", "unknown"])
def test_each_of_the_three_other_answers_is_kept_as_itself(state):
    answer = parse(name__state=state)["name"]
    assert (answer.value, answer.state, answer.section) == (None, state, "identity")


def test_a_value_outranks_the_other_answers_and_they_count_only_where_offered():
    assert parse(name="Besa", name__state="unknown")["name"].state == "said"
    assert "rooms" not in parse(rooms__state="unknown")
    assert "name" not in parse(name__state="said")
    assert "name" not in parse(name__state="whatever")


def test_a_source_is_kept_where_it_is_asked_and_known():
    assert parse(seen="2026-11-07", seen__source="told")["seen"].source == "told"
    assert parse(seen="2026-11-07", seen__source="gossip")["seen"].source == ""
    assert parse(name="Besa", name__source="told")["name"].source == ""


@pytest.mark.parametrize(
    ("day", "month", "year"), [("7", "11", "2026"), ("07", "11", "2026"), (" 7", "11 ", "2026"), ("29", "2", "2024")]
)
def test_a_date_in_three_parts_is_one_date(day, month, year):
    said = parse(seen__day=day, seen__month=month, seen__year=year).said("seen")
    assert said in ("2026-11-07", "2024-02-29")


@pytest.mark.parametrize(
    "seen",
    ["2026-02-30", "2026-13-01", "yesterday", "7.11.2026", "0000-00-00", "2026-11-7", "1899-12-31", "2101-01-01"],
)  # fmt: skip
def test_a_day_that_is_none_is_refused(seen):
    assert set(errors(seen=seen)) == {"seen"}


@pytest.mark.parametrize(
    "parts", [("31", "4", "2026"), ("7", "", "2026"), ("", "", "26"), ("7", "11", "26"), ("x", "1", "2026")]
)
def test_parts_that_make_no_day_are_refused(parts):
    day, month, year = parts
    assert set(errors(seen__day=day, seen__month=month, seen__year=year)) == {"seen"}


@pytest.mark.parametrize("rooms", ["two", "1.5", "-1", "--5", "-", "1e3", "²", "٣", "9999999999", "0x10", "1 2"])
def test_a_number_that_is_none_is_refused(rooms):
    assert set(errors(rooms=rooms)) == {"rooms"}


def test_a_number_has_one_spelling():
    assert (parse(rooms="007").said("rooms"), parse(rooms=" 0 ").said("rooms")) == ("7", "0")
    assert parse(rooms="-0").said("rooms") == "0"


@pytest.mark.parametrize(
    "raw", [{"level": "middle"}, {"child": "perhaps"}, {"needs": ["bed", "gun"]}, {"needs": "gun"}]
)
def test_an_option_that_is_not_on_the_page_is_refused(raw):
    assert list(errors(**raw).values()) == ["Choose from the answers on the page."]


def test_options_that_are_on_the_page_are_taken():
    given_ = parse(needs=["bed", "doctor"], level="low", child="no", read="on")
    assert (given_.many("needs"), given_.said("level"), given_.said("child"), given_.said("read")) == (
        ("bed", "doctor"), "low", "no", "yes"
    )  # fmt: skip
    assert parse(level=["low", "high"]).said("level") == "high"


def test_what_is_too_long_is_refused_and_not_cut():
    assert "too long: 301" in errors(name="Ђ" * 301)["name"]
    assert "too long" in errors(words="x" * (LONGEST["long"] + 1))["words"]
    assert len(parse(name="Ђ" * 300, words="x" * LONGEST["long"]).said("words")) == LONGEST["long"]


def test_signs_that_nobody_sees_are_taken_out_and_are_no_answer():
    assert parse(name="Mil\u200bica\u202e\x00").said("name") == "Milica"
    assert parse(words="one\r\ntwo\tthree").said("words") == "one\ntwo\tthree"
    assert "name" not in parse(name="\u200b\x00")
    assert errors(child="yes", age="")["age"] == "Write its age."


def test_what_is_asked_only_after_another_answer_is_not_asked_before():
    assert "age" not in parse(child="no", age="4")
    assert "age" not in parse(child__state="unknown", age="4")
    assert parse(child="yes", age="4").said("age") == "4"
    assert parse(needs=["doctor"], school="Osnovna").said("school") == "Osnovna"
    assert "school" not in parse(school="Osnovna")


def test_every_fault_is_named_at_once():
    assert set(errors(seen="x", rooms="x", level="x", child="yes")) == {"seen", "rooms", "level", "age"}


def test_no_sentence_repeats_what_was_typed():
    for sentence in errors(seen="Milica", rooms="Milica", level="Milica", needs="Milica").values():
        assert "Milica" not in sentence


RAW = st.text(max_size=12) | st.lists(st.text(max_size=5), max_size=3)
NAMES = [name for q in FORM.questions() for name in (q.id, f"{q.id}__state", f"{q.id}__source", f"{q.id}__day")]


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(NAMES), RAW, max_size=8))
def test_whatever_is_sent_it_is_read_or_refused_in_sentences(raw):
    try:
        answers = FORM.parse(raw)
    except NotValid as fault:
        refused = list(fault.errors.values())
        assert all(refused)
        assert refused
        return
    assert all(answer.value or answer.state != "said" for answer in answers.values())


def test_she_gets_help_without_answering_anything_about_herself():
    """F-01 as shipped: danger and outcome are the officer's to answer; her name and story are not needed."""
    asked = load_profile("rs").form("F-01")
    assert asked.parse({"danger": "no_sign", "outcome": "self"}).said("outcome") == "self"
    assert {question.id for question in asked.questions() if question.required} == {"danger", "outcome"}
