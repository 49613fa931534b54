"""Her door: two secrets, small pages without script, nothing of hers read back, one press to leave."""

import pytest
from django.urls import reverse

from opentrm.cases.actions import consent as consents
from opentrm.cases.gate import case_for
from opentrm.feedback import cards, words
from opentrm.feedback.models import Word
from opentrm.kernel.text import LANGUAGES
from tests import people
from tests.records.test_walk import a_case


@pytest.fixture
def digits(staff):
    opened = a_case(staff)
    return cards.make(opened, "ro", actor=staff.manager)


def enter(client, digits):
    return client.post("/v/", {"digits": digits, "language": "ro"})


def test_the_right_digits_open_it_with_or_without_blanks(client, digits):
    spaced = " ".join(digits[place : place + 4] for place in range(0, 24, 4))
    assert enter(client, spaced).status_code == 302
    assert client.get("/v/in/").status_code == 200


@pytest.mark.parametrize("wrong", ["", "1234", "x" * 24, "0" * 24])
def test_wrong_digits_are_told_so_and_open_nothing(client, digits, wrong):
    assert enter(client, wrong).status_code == 400
    assert client.get("/v/in/").status_code == 302


def test_the_right_four_alone_open_nothing(client, digits):
    assert enter(client, digits[:4] + "0" * 20).status_code == 400


def test_guessing_is_braked_for_everybody(client, digits, monkeypatch):
    monkeypatch.setattr(cards, "PER_MINUTE", 3)
    answers = [enter(client, "1" * 24).status_code for _ in range(5)]
    assert answers[-1] == 429


def test_what_she_wrote_is_not_read_back_and_no_name_stands_anywhere(client, digits):
    enter(client, digits)
    client.post("/v/in/concern/", {"words": "My letters were opened."})
    for page in ("home", "answer", "concern", "stop", "replies"):
        text = client.get(reverse(f"voice:{page}")).content.decode()
        assert "letters" not in text
        assert "Țurcanu" not in text


def test_only_the_independent_reviewer_reads_her_words(client, digits, staff):
    enter(client, digits)
    client.post("/v/in/concern/", {"words": "My letters were opened."})
    word = Word.objects.get()
    for nobody in (staff.manager, staff.admin, staff.contact, staff.second):
        client.force_login(nobody)
        assert client.get(f"/words/{word.id}/").status_code == 404
    assert words.read(word.id, actor=staff.reviewer)[1] == {"words": "My letters were opened."}
    assert b"letters" not in bytes(word.sealed)


def test_stopping_with_the_card_ends_sharing_and_keeps_help(client, digits, staff):
    case = Word.objects.model.card.field.related_model.objects.get().case
    opened = case_for(staff.manager, case.ref)
    for code in ("help", "ask_abroad"):
        consents.give(opened, code, people.consent(), actor=staff.manager)
    enter(client, digits)
    client.post("/v/in/stop/")
    facts = case_for(staff.manager, case.ref).facts
    assert "consent.help" in facts
    assert "consent.ask_abroad" not in facts


def test_leaving_takes_the_slip_away(client, digits):
    enter(client, digits)
    client.get("/v/out/")
    assert client.get("/v/in/").status_code == 302


def test_a_new_card_makes_the_old_one_invalid(client, digits, staff):
    case = Word.objects.model.card.field.related_model.objects.get().case
    cards.make(case_for(staff.manager, case.ref), "ro", actor=staff.manager)
    assert enter(client, digits).status_code == 400


@pytest.mark.parametrize("language", LANGUAGES)
def test_her_pages_are_small_and_without_script_in_every_language(client, digits, language):
    client.post("/v/", {"digits": digits, "language": language})
    for page in ("door", "home", "answer", "concern", "stop", "replies"):
        answer = client.get(reverse(f"voice:{page}") + f"?language={language}")
        assert b"<script" not in answer.content
        assert len(answer.content) < 60_000
        assert f'lang="{language}"'.encode() in answer.content


def test_a_slip_forged_or_old_opens_nothing(client, digits):
    client.cookies["opentrm_slip"] = "eyJjYXJkIjoiMSJ9:1:forged"
    assert client.get("/v/in/").status_code == 302


def test_an_answer_is_read_back_only_with_the_word_she_chose(client, digits, staff):
    enter(client, digits)
    client.post("/v/in/concern/", {"words": "My letters were opened.", "second": " Moja  Trešnja "})
    client.post("/v/in/concern/", {"words": "And again."})
    for word in Word.objects.all():
        words.answer(word.id, "We ask who opened them.", actor=staff.reviewer)
    assert b"We ask" not in client.get("/v/in/replies/").content
    assert b"We ask" not in client.post("/v/in/replies/", {"second": "apple"}).content
    assert b"We ask" not in client.post("/v/in/replies/", {"second": ""}).content
    assert client.post("/v/in/replies/", {"second": "moja trešnja"}).content.count(b"We ask") == 1


def test_guessing_her_word_is_braked_too(client, digits, monkeypatch):
    enter(client, digits)
    monkeypatch.setattr(cards, "PER_MINUTE", 2)
    answers = [client.post("/v/in/replies/", {"second": "apple"}).status_code for _ in range(4)]
    assert answers == [200, 200, 429, 429]
