"""What she says with her card. Sealed under a key of its own: her case manager can neither read nor delete it."""

import json
from datetime import timedelta
from typing import Any

from django.db import transaction

from opentrm.accounts.action import action
from opentrm.accounts.models import User
from opentrm.audit import record as audit
from opentrm.feedback.cards import HASHER, VOICE, brake, count_miss, fits
from opentrm.feedback.models import Card, Word
from opentrm.feedback.queries import word_for
from opentrm.kernel import clock
from opentrm.kernel.errors import NotValid
from opentrm.node import current
from opentrm.vault import Place, Wrapped, new_key, seal, unseal

ANSWER_WITHIN = {"concern": timedelta(days=3), "answer": timedelta(days=30)}
LONGEST = 4000


def say(card: Card, kind: str, body: dict[str, Any], second: str = "") -> Word:
    """Keep what she says, with a word of her own to read an answer by. Raises NotValid where nothing was said."""
    body = {name: str(value)[:LONGEST] for name, value in body.items() if value and str(value).strip()}
    if not body:
        raise NotValid("Nothing was written.")
    at = clock.now()
    key = new_key()
    word = Word(card=card, kind=kind, at=at, due_at=at + ANSWER_WITHIN[kind])
    word.second = HASHER.hash(_plain(second)) if _plain(second) else ""
    wrapped = current.keyring().wrap(key, about=_about(word))
    word.generation, word.wrapped = wrapped.generation, wrapped.blob
    word.sealed = seal(key, json.dumps(body, ensure_ascii=False).encode(), _place(word, "sealed"))
    with transaction.atomic():
        word.save()
        audit.record(VOICE, f"voice.{kind}", about=card.case_id)
    return word


@action("word.read", "feedback_reviewer")
def read(word_id: str, *, actor: User) -> tuple[Word, dict[str, str], str]:
    """Open what she said, with our answer so far. Reading is written down."""
    word = word_for(actor, word_id)
    if word.read_at is None:
        word.read_at, word.read_by = clock.now(), actor
        word.save(update_fields=["read_at", "read_by"])
    return word, opened(word), answer_of(word)


@action("word.answered", "feedback_reviewer")
def answer(word_id: str, text: str, *, actor: User) -> Word:
    """Answer her. She finds it with her card."""
    word = word_for(actor, word_id)
    if not text.strip():
        raise NotValid("Write an answer.", {"answer": "Write an answer."})
    word.answer = seal(_key(word), text.strip().encode(), _place(word, "answer"))
    word.answered_at = clock.now()
    word.save(update_fields=["answer", "answered_at"])
    return word


def replies(card: Card, second: str) -> list[tuple[Any, str]]:
    """The answers to what she wrote under this word of hers: when, and what. Her own words are not read back.

    Raises NotAllowed where there were too many tries on this node.
    """
    brake()
    found = Word.objects.filter(card=card).exclude(answered_at=None).exclude(second="").order_by("-answered_at")
    fitting = [word for word in found[:20] if fits(word.second, _plain(second))]
    if not fitting:
        count_miss()
    return [(word.answered_at, answer_of(word)) for word in fitting]


def _plain(second: str) -> str:
    return " ".join(second.casefold().split())


def opened(word: Word) -> dict[str, str]:
    """Her words in clear."""
    return dict(json.loads(unseal(_key(word), bytes(word.sealed), _place(word, "sealed"))))


def answer_of(word: Word) -> str:
    """Our answer in clear; empty while there is none."""
    return unseal(_key(word), bytes(word.answer), _place(word, "answer")).decode() if word.answer else ""


def _key(word: Word) -> bytes:
    return current.keyring().unwrap(Wrapped(word.generation, bytes(word.wrapped)), about=_about(word))


def _about(word: Word) -> bytes:
    return f"word|{word.id}".encode()


def _place(word: Word, column: str) -> Place:
    return Place(table="word", row=word.id, column=column, generation="1")
