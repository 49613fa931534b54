"""A seal opens in its own place, under its own key, unchanged; nowhere else."""

from dataclasses import replace

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given, settings
from hypothesis import strategies as st

from opentrm.kernel.words import SECTIONS
from opentrm.vault import GROUPS, Place, SealBroken, group_of, new_key, seal, unseal
from opentrm.vault.seal import NONCE, VERSION, watchers
from tests.rules.wycheproof import octets, vectors

KEY = bytes(range(32))
PLACE = Place(table="filing", row="a1" * 16, column="identity", generation="1")
NAME = "Ђорђевић Милица, рођ. Петровић".encode()
SEALED = seal(KEY, NAME, PLACE)


def test_it_opens_where_it_was_sealed():
    assert unseal(KEY, SEALED, PLACE) == NAME
    assert unseal(KEY, seal(KEY, b"", PLACE), PLACE) == b""


@pytest.mark.parametrize(
    "change",
    [{"table": "word"}, {"row": "b2" * 16}, {"column": "needs"}, {"generation": "2"}, {"schema": 2}],
    ids=lambda change: next(iter(change)),
)
def test_it_does_not_open_in_another_place(change):
    with pytest.raises(SealBroken):
        unseal(KEY, SEALED, replace(PLACE, **change))


def test_it_does_not_open_under_another_key():
    with pytest.raises(SealBroken):
        unseal(new_key(), SEALED, PLACE)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(SEALED) * 8 - 1))
def test_every_flipped_bit_is_refused(bit):
    altered = bytearray(SEALED)
    altered[bit // 8] ^= 1 << bit % 8
    with pytest.raises(SealBroken):
        unseal(KEY, bytes(altered), PLACE)


@settings(max_examples=40, deadline=None)
@given(st.binary(max_size=80))
def test_bytes_that_are_no_seal_are_refused(data):
    with pytest.raises(SealBroken):
        unseal(KEY, data, PLACE)


@pytest.mark.parametrize("length", [0, 1, 1 + NONCE, NONCE + 16, len(SEALED) - 1])
def test_a_seal_cut_short_is_refused(length):
    with pytest.raises(SealBroken):
        unseal(KEY, SEALED[:length], PLACE)


def test_a_lengthened_seal_and_another_version_are_refused():
    for data in (SEALED + b"\x00", b"\x02" + SEALED[1:]):
        with pytest.raises(SealBroken):
            unseal(KEY, data, PLACE)


def test_the_same_value_is_never_sealed_alike():
    assert len({seal(KEY, NAME, PLACE) for _ in range(50)}) == 50
    assert SEALED[:1] == VERSION
    assert NAME not in SEALED


def test_a_broken_seal_shows_nothing_of_what_is_inside():
    with pytest.raises(SealBroken) as broken:
        unseal(new_key(), SEALED, PLACE)
    assert "Милица" not in str(broken.value)
    assert PLACE.row not in str(broken.value)
    assert broken.value.__suppress_context__


def test_two_places_never_have_the_same_bytes():
    """Moving the separating sign from one word to the next would otherwise make one place of two."""
    with pytest.raises(ValueError, match="parts its words"):
        Place(table="filing\x1fa", row="b", column="identity", generation="1")
    one, other = replace(PLACE, table="fil", row="ing"), replace(PLACE, table="filing", row="")
    assert one.bytes() != other.bytes()


def test_every_opening_is_seen_even_one_that_fails():
    seen: list[Place] = []
    watchers.append(seen.append)
    try:
        unseal(KEY, SEALED, PLACE)
        with pytest.raises(SealBroken):
            unseal(KEY, b"nothing", PLACE)
    finally:
        watchers.remove(seen.append)
    assert seen == [PLACE, PLACE]


def test_a_key_is_256_random_bits():
    assert {len(new_key()) for _ in range(20)} == {32}
    assert len({new_key() for _ in range(20)}) == 20


def test_every_section_but_audit_has_a_key_group_and_her_whereabouts_stand_apart():
    assert set(GROUPS) == set(SECTIONS) - {"audit"}
    assert {section for section in SECTIONS if GROUPS.get(section) == "near"} == {"contact", "travel"}
    assert [section for section, group in GROUPS.items() if group == "psychosocial"] == ["psychosocial"]
    with pytest.raises(KeyError):
        group_of("weather")


def test_aes_gcm_answers_as_the_vectors_of_wycheproof():
    """The form we use: 256-bit keys, 96-bit nonces, 128-bit tags."""
    counted = 0
    for test in vectors("aes_gcm_test", keySize=256, ivSize=96, tagSize=128):
        cipher, sealed = AESGCM(octets(test["key"])), octets(test["ct"]) + octets(test["tag"])
        nonce, bound = octets(test["iv"]), octets(test["aad"])
        counted += 1
        if test["result"] == "valid":
            assert cipher.decrypt(nonce, sealed, bound) == octets(test["msg"])
            assert cipher.encrypt(nonce, octets(test["msg"]), bound) == sealed
        else:
            with pytest.raises(InvalidTag):
                cipher.decrypt(nonce, sealed, bound)
    assert counted > 50
