"""The node's own keys: generations, what destroying one means, who may read the files, and marks."""

import hashlib
import hmac
import stat
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF, HKDFExpand
from hypothesis import given, settings
from hypothesis import strategies as st

from opentrm.kernel import clock
from opentrm.kernel.errors import NotValid
from opentrm.vault import KeyRing, SealBroken, Wrapped, new_key
from tests.rules.wycheproof import octets, vectors

NOVEMBER = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)
JANUARY = datetime(2027, 1, 3, tzinfo=UTC)
ABOUT = b"case|" + b"a1" * 16 + b"|office|1"
MEMORY = KeyRing.__new__(KeyRing)
KeyRing.__init__(MEMORY, None, {"2026Q4": bytes(range(32))}, bytes(32))


@pytest.fixture
def ring(tmp_path):
    with clock.frozen(NOVEMBER):
        return KeyRing.create(tmp_path / "keys")


def test_a_key_is_wrapped_and_unwrapped_also_after_a_restart(ring, tmp_path):
    key = new_key()
    wrapped = ring.wrap(key, about=ABOUT)
    assert (wrapped.generation, ring.unwrap(wrapped, about=ABOUT)) == ("2026Q4", key)
    assert KeyRing.load(tmp_path / "keys").unwrap(wrapped, about=ABOUT) == key


def test_a_wrapped_key_is_of_no_use_for_anything_else(ring):
    with pytest.raises(SealBroken):
        ring.unwrap(ring.wrap(new_key(), about=ABOUT), about=ABOUT + b"0")


def test_another_nodes_ring_unwraps_nothing(ring, tmp_path):
    with clock.frozen(NOVEMBER):
        other = KeyRing.create(tmp_path / "moldova")
    with pytest.raises(SealBroken):
        other.unwrap(ring.wrap(new_key(), about=ABOUT), about=ABOUT)
    assert other.mark("name", "djordjevic") != ring.mark("name", "djordjevic")


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 60 * 8 - 1))
def test_every_flipped_bit_of_a_wrapped_key_is_refused(bit):
    wrapped = MEMORY.wrap(bytes(32), about=ABOUT)
    altered = bytearray(wrapped.blob)
    altered[bit // 8] ^= 1 << bit % 8
    with pytest.raises(SealBroken):
        MEMORY.unwrap(replace(wrapped, blob=bytes(altered)), about=ABOUT)


@pytest.mark.parametrize("length", [0, 5, 12, 20, 59])
def test_a_wrapped_key_cut_short_is_refused(length):
    wrapped = MEMORY.wrap(bytes(32), about=ABOUT)
    with pytest.raises(SealBroken):
        MEMORY.unwrap(replace(wrapped, blob=wrapped.blob[:length]), about=ABOUT)


def test_a_new_generation_wraps_and_the_old_one_still_unwraps(ring, tmp_path):
    key, old = new_key(), None
    old = ring.wrap(key, about=ABOUT)
    assert ring.rotate(JANUARY) == "2027Q1"
    assert (ring.generation, ring.generations) == ("2027Q1", ("2026Q4", "2027Q1"))
    assert ring.wrap(key, about=ABOUT).generation == "2027Q1"
    assert ring.unwrap(old, about=ABOUT) == key
    assert KeyRing.load(tmp_path / "keys").generations == ring.generations


def test_beginning_the_same_quarter_twice_keeps_its_key(ring):
    key = new_key()
    wrapped = ring.wrap(key, about=ABOUT)
    assert ring.rotate(NOVEMBER) == "2026Q4"
    assert ring.unwrap(wrapped, about=ABOUT) == key


def test_a_wrapped_key_cannot_claim_another_generation(ring):
    wrapped = ring.wrap(new_key(), about=ABOUT)
    ring.rotate(JANUARY)
    with pytest.raises(SealBroken):
        ring.unwrap(Wrapped("2027Q1", wrapped.blob), about=ABOUT)


def test_what_a_destroyed_generation_wrapped_is_gone_and_the_rest_is_not(ring, tmp_path):
    key = new_key()
    old = ring.wrap(key, about=ABOUT)
    ring.rotate(JANUARY)
    anew = ring.wrap(key, about=ABOUT)
    ring.destroy("2026Q4")
    for kept in (ring, KeyRing.load(tmp_path / "keys")):
        with pytest.raises(SealBroken, match="destroyed"):
            kept.unwrap(old, about=ABOUT)
        assert kept.unwrap(anew, about=ABOUT) == key
    assert not (tmp_path / "keys" / "kek" / "2026Q4.key").exists()


def test_the_generation_in_use_is_not_destroyed(ring):
    with pytest.raises(NotValid):
        ring.destroy("2026Q4")
    assert ring.generations == ("2026Q4",)


def test_only_the_owner_reads_the_keys(ring, tmp_path):
    files = list((tmp_path / "keys").rglob("*.key"))
    assert len(files) == 2
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert stat.S_IMODE((tmp_path / "keys" / "kek").stat().st_mode) == 0o700


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o666, 0o610])
@pytest.mark.parametrize("name", ["index.key", "kek/2026Q4.key"])
def test_keys_that_others_may_read_are_refused(ring, tmp_path, name, mode):
    (tmp_path / "keys" / name).chmod(mode)
    with pytest.raises(NotValid, match="0600"):
        KeyRing.load(tmp_path / "keys")


def test_a_node_without_its_keys_does_not_start_and_keys_are_made_once(ring, tmp_path):
    with pytest.raises(NotValid):
        KeyRing.load(tmp_path / "nowhere")
    with pytest.raises(NotValid, match="once"):
        KeyRing.create(tmp_path / "keys")
    (tmp_path / "keys" / "index.key").unlink()
    with pytest.raises(NotValid):
        KeyRing.load(tmp_path / "keys")


def test_equal_values_have_equal_marks_in_one_field_only(ring, tmp_path):
    mark = ring.mark("name", "djordjevic")
    assert len(mark) == 8
    assert mark == KeyRing.load(tmp_path / "keys").mark("name", "djordjevic")
    assert len({mark, ring.mark("name", "djordjevich"), ring.mark("place", "djordjevic")}) == 3


def test_hkdf_answers_as_the_vectors_of_wycheproof():
    """We use the second half of HKDF on a key that is random already; both halves are compared."""
    counted = 0
    for test in vectors("hkdf_sha256_test"):
        if test["result"] != "valid":
            continue
        counted += 1
        salt, size, info = octets(test["salt"]), test["size"], octets(test["info"])
        whole = HKDF(hashes.SHA256(), size, salt or None, info).derive(octets(test["ikm"]))
        middle = hmac.digest(salt or bytes(32), octets(test["ikm"]), hashlib.sha256)
        assert whole == HKDFExpand(hashes.SHA256(), size, info).derive(middle) == octets(test["okm"])
    assert counted > 50


def test_hmac_answers_as_the_vectors_of_wycheproof():
    counted = 0
    for test in vectors("hmac_sha256_test"):
        length = test["group"]["tagSize"] // 8
        made = hmac.digest(octets(test["key"]), octets(test["msg"]), hashlib.sha256)[:length]
        assert (made == octets(test["tag"])) is (test["result"] == "valid")
        counted += 1
    assert counted > 100
