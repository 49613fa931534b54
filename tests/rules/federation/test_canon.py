"""The canonical form. Examples from RFC 8785 (sections 3.2.2, 3.2.3), floats apart: we have none."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from opentrm.federation import canon
from opentrm.federation.refusal import NotAccepted, NotCanonical, TooLarge

# RFC 8785 3.2.3: the sorting example, whose order is by UTF-16 code units.
SORTED = (
    '{"\\r":"Carriage Return","1":"One","\u0080":"Control","ö":"Latin Small Letter O With Diaeresis",'
    '"€":"Euro Sign","😀":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}'
)
# RFC 8785 3.2.2: the string and the literals of the sample object.
STRINGS = '{"literals":[null,true,false],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'


def test_keys_are_sorted_by_utf16_units_as_in_rfc_8785():
    value = {
        "\u20ac": "Euro Sign",
        "\r": "Carriage Return",
        "\ufb33": "Hebrew Letter Dalet With Dagesh",
        "1": "One",
        "\U0001f600": "Emoji: Grinning Face",
        "\u0080": "Control",
        "\u00f6": "Latin Small Letter O With Diaeresis",
    }
    assert canon.encode(value) == SORTED.encode()


def test_strings_and_literals_are_written_as_in_rfc_8785():
    value = {"string": "\u20ac$\u000f\u000aA'\u0042\u0022\u005c\\\"\u002f", "literals": [None, True, False]}
    assert canon.encode(value) == STRINGS.encode()


@pytest.mark.parametrize(
    "data",
    [
        b'{"a":1,"a":2}',
        b'{"b":1,"a":2}',
        b'{"a": 1}',
        b"1.0",
        b"1e3",
        b"NaN",
        b"-0",
        b"Infinity",
        b"9007199254740992",
        b"123456789012345678901234567890",
        b'"\\u0041"',
        b'"\\ud800"',
        b'"\xff"',
        b"\xef\xbb\xbf{}",
        b"[1,]",
        b"{}{}",
        b"",
        b"[" * 9 + b"]" * 9,
        b"[" * 100_000,
    ],
    ids=lambda data: repr(data[:24]),
)
def test_it_refuses_every_other_spelling(data):
    with pytest.raises(NotCanonical):
        canon.parse(data)


def test_it_refuses_floats_foreign_types_and_half_characters():
    for value in (1.5, b"x", {1: 2}, {"a": {2, 3}}, "\ud800", 2**53):
        with pytest.raises(NotCanonical):
            canon.encode(value)


def test_eight_levels_are_enough_and_nine_too_many():
    assert canon.parse(b"[" * 8 + b"]" * 8) == [[[[[[[[]]]]]]]]
    with pytest.raises(NotCanonical):
        canon.encode([[[[[[[[[]]]]]]]]])


def test_it_refuses_more_than_256_kib():
    with pytest.raises(TooLarge):
        canon.encode("x" * canon.MAX_BYTES)
    with pytest.raises(TooLarge):
        canon.parse(b'"' + b"x" * canon.MAX_BYTES + b'"')


def test_an_object_is_asked_for_and_a_list_refused():
    with pytest.raises(NotCanonical):
        canon.parse_object(b"[]")


TEXT = st.text(alphabet='aZ0é€ђ😀\n\x00"\\/\u2028', max_size=8)

plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None)
@given(plain)
def test_what_is_written_is_read_back(value):
    assert canon.parse(canon.encode(value)) == value


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=60) | st.text(alphabet='[]{}",:0123456789\\uaé ', max_size=40).map(str.encode))
def test_it_reads_only_what_it_would_write_itself(data):
    try:
        value = canon.parse(data)
    except NotAccepted:
        return
    assert canon.encode(value) == data
