"""Sign, encrypt, sign: what may not be changed, forwarded, swapped or downgraded."""

import struct
from dataclasses import replace

import pytest

from opentrm.federation import canon, envelope
from opentrm.federation.envelope import BUCKETS, INFO, INNER, OUTER, OuterHeader
from opentrm.federation.fields import from_base64
from opentrm.federation.keys import NodeKeys
from opentrm.federation.kinds import Kind
from opentrm.federation.refusal import (
    BadFrame,
    BadSignature,
    CannotOpen,
    NotAccepted,
    SuiteRefused,
    TooLarge,
    UnknownKey,
    UnknownSender,
    WrongRecipient,
)
from opentrm.federation.suites import HPKE, SuiteId, seal_key

from .world import NOW, keys_of, statement_of

RS, MD, RO = (statement_of(node) for node in ("rs", "md", "ro"))


def compose(body=None, *, sender="rs", recipient="md", kind=Kind.PING):
    return envelope.compose(
        kind,
        body or {"at": "2026-11-24T10:00:00Z"},
        sender=sender,
        recipient=recipient,
        conversation="0" * 32,
        sequence=0,
        prev_inner=None,
        created=NOW,
        expires=None,
    )


def seal(inner=None, *, suite=SuiteId.HYBRID, to=MD, by="rs"):
    return envelope.seal(inner or compose(), keys_of(by), to, suite=suite, epoch=0, at=NOW)


def open_(data, *, me="md", sender=RS, suite=SuiteId.HYBRID, keys=None):
    outer = envelope.check_outer(data, sender)
    return envelope.open_(outer, keys or keys_of(me), sender, me=me, suite=suite)


@pytest.mark.parametrize("suite", SuiteId)
def test_it_opens_what_was_sealed_under_either_suite(suite):
    inner = compose()
    opened = open_(seal(inner, suite=suite), suite=suite)
    assert (opened.kind, opened.body) == (Kind.PING, {"at": "2026-11-24T10:00:00Z"})
    assert (opened.digest, opened.header) == (inner.digest, inner.header)


def test_two_sealings_differ_and_are_the_same_message():
    inner = compose()
    first, second = seal(inner), seal(inner)
    assert first != second
    assert open_(first).digest == open_(second).digest == envelope.reread(inner.plaintext).digest


def test_equal_bodies_have_different_digests_so_a_digest_cannot_be_guessed():
    assert compose().digest != compose().digest


def test_the_clear_header_says_nothing_of_kind_person_or_referral():
    header = envelope.outer_header(seal())
    assert set(header.to_json()) == {"v", "suite", "kid_sig", "kid_hpke", "epoch", "bucket"}


@pytest.mark.parametrize("size", [10, 900, 3000, 15_000, 60_000, 250_000])
def test_every_message_is_one_of_five_sizes(size):
    data = seal(compose({"note": "x" * size}))
    assert envelope.outer_header(data).bucket in BUCKETS
    short = seal(compose({"note": "x" * (size - 8)}))
    assert len(data) == len(short)


def test_it_refuses_what_no_bucket_holds():
    with pytest.raises(TooLarge):
        compose({"note": "x" * (BUCKETS[-1] - 100)})
    with pytest.raises(TooLarge):
        envelope.outer_header(b"TRM1" + b"x" * envelope.MAX_ENVELOPE)


@pytest.mark.parametrize("suite", SuiteId)
def test_no_flipped_bit_is_accepted(suite):
    data = seal(suite=suite)
    for place in range(0, len(data), 7 if suite is SuiteId.X25519 else 19):
        altered = bytearray(data)
        altered[place] ^= 1 << (place % 8)
        with pytest.raises(NotAccepted):
            open_(bytes(altered), suite=suite)


@pytest.mark.parametrize("cut", [0, 3, 5, 6, 100, -1, -64])
def test_no_cut_envelope_is_accepted(cut):
    with pytest.raises(NotAccepted):
        open_(seal()[:cut])


def test_no_lengthened_envelope_is_accepted():
    with pytest.raises(BadSignature):
        open_(seal() + b"\x00")


def remade(data, **changes):
    """The same ciphertext under an edited header, its outer signature left as it was."""
    (length,) = struct.unpack_from(">H", data, 4)
    header = OuterHeader.from_bytes(data[6 : 6 + length]).model_copy(update=changes).to_bytes()
    return b"TRM1" + struct.pack(">H", len(header)) + header + data[6 + length :]


@pytest.mark.parametrize(
    "change",
    [{"suite": SuiteId.X25519}, {"kid_hpke": "0" * 16}, {"epoch": 1}, {"bucket": 4096}],
    ids=lambda change: next(iter(change)),
)
def test_no_header_field_can_be_edited(change):
    with pytest.raises(BadSignature):
        open_(remade(seal(), **change))


def test_a_swapped_signing_key_name_is_refused():
    with pytest.raises(UnknownKey):
        open_(remade(seal(), kid_sig=RO.signing[0].kid))


def resigned(data, by):
    """An attacker with a trusted key of its own strips the outer signature and puts on another."""
    (length,) = struct.unpack_from(">H", data, 4)
    header = OuterHeader.from_bytes(data[6 : 6 + length])
    edited = header.model_copy(update={"kid_sig": keys_of(by).signer.kid}).to_bytes()
    ciphertext = data[6 + length : -64]
    return framed(edited, ciphertext, by)


def framed(header, ciphertext, by):
    signature = keys_of(by).signer.private.sign(OUTER + envelope._hash(header) + envelope._hash(ciphertext))
    return b"TRM1" + struct.pack(">H", len(header)) + header + ciphertext + signature


def test_another_partner_cannot_put_its_name_on_our_message():
    with pytest.raises(CannotOpen):
        open_(resigned(seal(), "ro"), sender=RO)


def test_surreptitious_forwarding_is_seen():
    """Moldova opens what Serbia wrote for it and seals the very same frame to Romania."""
    frame = envelope._decrypt(envelope.check_outer(seal(), RS), keys_of("md"))
    entry = RO.sealing_entry(SuiteId.HYBRID, NOW)
    header = OuterHeader(
        suite=SuiteId.HYBRID,
        kid_sig=keys_of("md").signer.kid,
        kid_hpke=entry.kid,
        epoch=0,
        bucket=len(frame),
    ).to_bytes()
    ciphertext = HPKE[SuiteId.HYBRID].encrypt(
        frame, seal_key(SuiteId.HYBRID, from_base64(entry.key)), info=INFO + envelope._hash(header)
    )
    with pytest.raises(BadSignature):  # as Moldova's: the inner signature is Serbia's
        open_(framed(header, ciphertext, "md"), me="ro", sender=MD)


def test_a_message_for_another_node_is_refused_though_sealed_to_us():
    data = seal(compose(recipient="ro"), to=MD)
    with pytest.raises(WrongRecipient):
        open_(data)


def test_a_sender_cannot_speak_in_anothers_name():
    with pytest.raises(UnknownSender):
        open_(seal(compose(sender="ro")))


def test_only_the_receiver_opens_it():
    with pytest.raises(UnknownKey):
        open_(seal(), keys=keys_of("ro"))


def test_a_destroyed_key_opens_nothing():
    keys = keys_of("md")
    with pytest.raises(UnknownKey):
        open_(seal(), keys=NodeKeys(keys.root, keys.signing, keys.receiving[1:]))


def test_a_weaker_suite_than_agreed_is_refused():
    with pytest.raises(SuiteRefused):
        open_(seal(suite=SuiteId.X25519), suite=SuiteId.HYBRID)


def test_a_suite_that_does_not_fit_the_key_is_refused():
    weak = next(key for key in keys_of("md").receiving if key.suite is SuiteId.X25519)
    frame = b"x" * 1024
    header = OuterHeader(
        suite=SuiteId.HYBRID, kid_sig=keys_of("rs").signer.kid, kid_hpke=weak.kid, epoch=0, bucket=1024
    ).to_bytes()
    with pytest.raises(SuiteRefused):
        open_(framed(header, frame, "rs"))


def padded(frame):
    """Seal a frame of our own making, rightly signed outside."""
    entry = MD.sealing_entry(SuiteId.HYBRID, NOW)
    header = OuterHeader(
        suite=SuiteId.HYBRID,
        kid_sig=keys_of("rs").signer.kid,
        kid_hpke=entry.kid,
        epoch=0,
        bucket=1024,
    ).to_bytes()
    sealed = HPKE[SuiteId.HYBRID].encrypt(
        frame, seal_key(SuiteId.HYBRID, from_base64(entry.key)), info=INFO + envelope._hash(header)
    )
    return framed(header, sealed, "rs")


def a_frame(plaintext, fill=b"\x00"):
    signature = keys_of("rs").signer.private.sign(INNER + envelope._hash(plaintext))
    return (struct.pack(">I", len(plaintext)) + plaintext + signature).ljust(1024, fill)


def test_padding_carries_nothing():
    good = compose().plaintext
    assert open_(padded(a_frame(good))).kind == Kind.PING
    for frame in (a_frame(good, b"x"), b"", b"abc", struct.pack(">I", 2**32 - 1).ljust(1024, b"\x00")):
        with pytest.raises(CannotOpen):
            open_(padded(frame))


def test_the_inner_signature_is_looked_at():
    frame = bytearray(a_frame(compose().plaintext))
    frame[4 + len(compose().plaintext) + 3] ^= 1
    with pytest.raises(NotAccepted):
        open_(padded(bytes(frame)))


@pytest.mark.parametrize(
    "plaintext",
    [
        b"{}",
        b"[]",
        b'{"body":{},"header":{},"kind":"PING"}',
        canon.encode({"body": [], "header": {}, "kind": "PING"}),
        canon.encode({"body": {}, "header": {}, "kind": 7}),
        canon.encode({"body": {}, "header": {}, "kind": "X" * 33}),
        canon.encode({"body": {}, "header": {}, "kind": "PING", "more": 1}),
    ],
)
def test_a_signed_plaintext_of_another_shape_is_refused(plaintext):
    with pytest.raises(NotAccepted):
        open_(padded(a_frame(plaintext)))


def test_a_frame_that_is_not_ours_is_refused():
    for data in (b"", b"TRM2" + b"x" * 100, b"TRM1\xff\xff" + b"x" * 100, b"TRM1\x00\x02{}"):
        with pytest.raises(BadFrame):
            envelope.outer_header(data)


def test_an_inner_keeps_what_it_was():
    inner = compose()
    assert envelope.reread(inner.plaintext) == replace(inner)
