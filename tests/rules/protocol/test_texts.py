"""What she reads: in all her languages, approved or not used, and never called a victim."""

import hashlib
import re
import string

import cyrtranslit
import pytest

from opentrm.kernel.errors import NotValid
from opentrm.kernel.text import LANGUAGES
from opentrm.protocol.texts import load_texts

TEXTS = load_texts()
# The usual word for a victim, by its stem, in each language her pages speak.
VICTIM = {
    "en": "victim", "sq": "vikti?m", "bs": "žrtv", "cnr": "žrtv", "ro": "victim", "sr-latn": "žrtv", "sr": "жртв",
    "ru": "жертв|потерпевш",
}  # fmt: skip
GAP = re.compile(r"(\{[^}]*\})")


def gaps(sentence):
    return sorted(name for _, name, _, _ in string.Formatter().parse(sentence) if name)


@pytest.fixture(params=TEXTS.ids())
def text_id(request):
    return request.param


def test_there_are_eight_languages_and_texts_for_each_thing_she_is_asked():
    assert set(LANGUAGES) == {"en", "sq", "bs", "cnr", "ro", "sr-latn", "sr", "ru"}
    assert {"consent.help", "consent.ask_abroad", "consent.disclose"} <= set(TEXTS.ids())


def test_every_text_speaks_every_language_with_the_same_gaps(text_id):
    said = TEXTS.get(text_id).said
    assert set(said) == set(LANGUAGES)
    assert all(sentence.strip() for sentence in said.values())
    assert {tuple(gaps(sentence)) for sentence in said.values()} == {tuple(gaps(said["en"]))}


def test_no_text_calls_her_a_victim(text_id):
    for language, sentence in TEXTS.get(text_id).said.items():
        assert not re.search(f"victim|{VICTIM[language]}", sentence, re.IGNORECASE), language


def test_the_two_scripts_of_serbian_say_the_same(text_id):
    said = TEXTS.get(text_id).said
    parts = GAP.split(said["sr-latn"])
    cyrillic = "".join(part if GAP.match(part) else cyrtranslit.to_cyrillic(part, "sr") for part in parts)
    assert said["sr"] == cyrillic


def test_the_script_fits_the_language(text_id):
    for language, sentence in TEXTS.get(text_id).said.items():
        letters = re.sub(r"[^\w]|\d", "", GAP.sub("", sentence))
        cyrillic = re.findall(r"[\u0400-\u04ff]", letters)
        assert len(cyrillic) == (len(letters) if language in ("sr", "ru") else 0), language


def test_no_text_was_left_in_english(text_id):
    said = TEXTS.get(text_id).said
    assert [language for language in LANGUAGES if language != "en" and said[language] == said["en"]] == []


def test_a_text_nobody_approved_is_usable_in_the_demo_only(text_id):
    for language in LANGUAGES:
        assert TEXTS.usable(text_id, language, demo=True)
        assert TEXTS.usable(text_id, language, demo=False) is (language in TEXTS.get(text_id).approved)


def written(tmp_path, *left_out, approved=()):
    lines = [f'{code} = "{code} {{where}}"' for code in LANGUAGES if code not in left_out]
    body = "\n".join(['version = "3"', f"approved = {list(approved)}", *lines])
    (tmp_path / "consent.toml").write_text(f"[consent.help]\n{body}\n", encoding="utf-8")
    return tmp_path


def test_it_is_approved_language_by_language(tmp_path):
    texts = load_texts(written(tmp_path, approved=["ro"]))
    assert texts.usable("consent.help", "ro", demo=False)
    assert not texts.usable("consent.help", "ru", demo=False)


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_a_missing_language_is_refused_and_named(tmp_path, language):
    with pytest.raises(NotValid, match=rf"consent\.toml: consent\.help does not speak {language} yet"):
        load_texts(written(tmp_path, language))


def test_a_text_is_filled_versioned_and_known_by_exactly_what_she_read(tmp_path):
    texts = load_texts(written(tmp_path))
    assert texts.say("consent.help", "sq", where="Tiranë") == "sq Tiranë"
    assert texts.version("consent.help") == "3"
    assert texts.digest("consent.help", "sr") == hashlib.sha256(b"sr {where}").hexdigest()
    assert len({texts.digest("consent.help", language) for language in LANGUAGES}) == len(LANGUAGES)


def test_a_text_that_is_not_there_is_an_error_and_not_silence(tmp_path):
    texts = load_texts(written(tmp_path))
    with pytest.raises(KeyError):
        texts.get("consent.everything")
    with pytest.raises(KeyError):
        texts.say("consent.help", "sq")
