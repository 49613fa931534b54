"""The node statement, its keys on disk, and what two people read to each other."""

import stat
from datetime import timedelta

import pytest

from opentrm.federation import canon, statement
from opentrm.federation.fields import to_base64
from opentrm.federation.fingerprint import fingerprint
from opentrm.federation.keys import NodeKeys, ReceivingKey, SigningKey
from opentrm.federation.refusal import BadStatement, NotAccepted, SuiteRefused, UnknownKey
from opentrm.federation.suites import SuiteId, new_private, strongest

from .world import DAY, NOW, keys_of, statement_of


def make(keys=None, **changes):
    usual = {"node": "rs", "country": "RS", "owner": "Centre", "endpoint": "http://rs.localhost", "at": NOW}
    return statement.make(keys or keys_of("rs"), **(usual | changes))


def test_it_reads_what_it_made():
    first = statement.verify(make(), at=NOW)
    assert (first.node, first.sequence, first.previous) == ("rs", 1, None)
    assert first.suites == {SuiteId.HYBRID, SuiteId.X25519}


def test_it_refuses_another_root_for_a_known_node():
    known = statement.verify(make())
    with pytest.raises(BadStatement):
        statement.verify(make(keys_of("ro"), previous=known), known)


def test_it_refuses_an_older_and_a_second_statement():
    first = statement.verify(make())
    second = statement.verify(make(previous=first), first)
    assert second.previous == first.digest()
    with pytest.raises(BadStatement):
        statement.verify(make(), second)
    with pytest.raises(BadStatement):
        statement.verify(make(previous=first, endpoint="http://other"), second)


def test_it_refuses_a_statement_that_does_not_follow_and_an_older_life():
    first = statement.verify(make())
    other = statement.verify(make(owner="Another"))
    with pytest.raises(BadStatement):
        statement.verify(make(previous=other), first)
    later = statement.verify(make(previous=first, epoch=1), first)
    with pytest.raises(BadStatement):
        statement.verify(make(previous=later, epoch=0), later)


def test_it_refuses_any_altered_byte():
    data = make()
    for place in range(0, len(data), 37):
        altered = bytearray(data)
        altered[place] ^= 1
        with pytest.raises(NotAccepted):
            statement.verify(bytes(altered))


def test_it_refuses_boxes_of_another_shape():
    for box in ({}, {"payload": "", "signature": ""}, {"payload": "e30", "signature": "AA", "x": 1}):
        with pytest.raises(NotAccepted):
            statement.verify(canon.encode(box))


def test_it_refuses_a_statement_out_of_its_time():
    with pytest.raises(BadStatement):
        statement.verify(make(), at=NOW + 366 * DAY)
    with pytest.raises(BadStatement):
        statement.verify(make(), at=NOW - DAY)


def test_it_refuses_a_key_under_another_name():
    first = statement.verify(make())
    entry = first.signing[0].model_copy(update={"key": to_base64(keys_of("ro").signer.public)})
    with pytest.raises(BadStatement):
        statement.verify(statement.sign(first.model_copy(update={"signing": [entry]}), keys_of("rs")))


def test_without_the_root_nothing_is_stated():
    keys = NodeKeys(None, keys_of("rs").signing, keys_of("rs").receiving)
    with pytest.raises(BadStatement):
        make(keys)
    with pytest.raises(BadStatement):
        statement.sign(statement_of("rs"), keys)


def test_a_new_receiving_key_is_preferred_and_an_expired_one_refused():
    keys = keys_of("rs")
    first = statement.verify(make())
    fresh = ReceivingKey(*new_private(SuiteId.HYBRID))
    rotated = NodeKeys(keys.root, keys.signing, (fresh, *keys.receiving))
    second = statement.verify(make(rotated, previous=first, at=NOW + 60 * DAY), first)
    assert second.sealing_entry(SuiteId.HYBRID, NOW + 61 * DAY).kid == fresh.kid
    with pytest.raises(UnknownKey):
        first.sealing_entry(SuiteId.HYBRID, NOW + 200 * DAY)


def test_a_signing_key_is_good_thirty_days_beyond_its_life():
    first = statement.verify(make())
    name = first.signing[0].kid
    assert first.verifying_key(name, NOW + timedelta(days=390))
    with pytest.raises(UnknownKey):
        first.verifying_key(name, NOW + timedelta(days=400))


def test_the_strongest_common_suite_is_used_or_none():
    both, weak = set(SuiteId), {SuiteId.X25519}
    assert strongest(both, both) is SuiteId.HYBRID
    assert strongest(both, weak) is SuiteId.X25519
    with pytest.raises(SuiteRefused):
        strongest(set(), both)


def test_the_fingerprint_is_eight_words_and_eight_digits_and_outlives_other_keys():
    first = statement.verify(make())
    seen = fingerprint(first)
    assert len(seen.words) == 8
    assert len(seen.digits) == 8
    assert seen.digits.isdigit()
    later = statement.verify(make(previous=first, endpoint="http://new"), first)
    assert fingerprint(later) == seen
    assert fingerprint(statement_of("ro")) != seen
    assert fingerprint(first.model_copy(update={"node": "rs-2"})) != seen


@pytest.mark.parametrize("passphrase", [None, b"a long enough passphrase"])
def test_keys_are_kept_in_files_only_their_owner_reads(tmp_path, passphrase):
    keys = keys_of("rs")
    folder = tmp_path / "keys"
    keys.save(folder, passphrase=passphrase)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}
    again = NodeKeys.load(folder, passphrase=passphrase)
    assert again.signer.public == keys.signer.public
    assert [key.public for key in again.receiving] == [key.public for key in keys.receiving]
    (folder / "root.pem").unlink()
    assert NodeKeys.load(folder, passphrase=passphrase).root is None


def test_a_file_with_another_kind_of_key_is_refused(tmp_path):
    keys_of("rs").save(tmp_path)
    other = (tmp_path / "receiving-000.pem").read_bytes()
    (tmp_path / "receiving-000.pem").write_bytes((tmp_path / "root.pem").read_bytes())
    with pytest.raises(UnknownKey):
        NodeKeys.load(tmp_path)
    (tmp_path / "root.pem").write_bytes(other.split(b"-----END PRIVATE KEY-----\n")[0] + b"-----END PRIVATE KEY-----\n")
    with pytest.raises(UnknownKey):
        NodeKeys.load(tmp_path)


def test_private_keys_do_not_show_in_a_log():
    assert "private" not in repr(SigningKey(keys_of("rs").signer.private))
