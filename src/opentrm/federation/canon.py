"""The one canonical form. RFC 8785 without floats: what is signed is exactly what is read."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, NoReturn

from opentrm.federation.refusal import NotCanonical, TooLarge

Json = Any  # str | int | bool | None | list | dict; mypy has no comfortable recursive JSON

MAX_BYTES = 256 * 1024
MAX_DEPTH = 8
MAX_INT = 2**53 - 1  # beyond this other languages round, and a signature would mean two numbers


def encode(value: Json) -> bytes:
    """The canonical bytes of a value. NotCanonical for floats, odd keys, lone surrogates or deep nesting."""
    _check(value, MAX_DEPTH)
    try:
        data = json.dumps(_ordered(value), ensure_ascii=False, separators=(",", ":")).encode()
    except UnicodeEncodeError:
        raise NotCanonical("The text holds half a character (a lone surrogate).") from None
    if len(data) > MAX_BYTES:
        raise TooLarge
    return data


def parse(data: bytes) -> Json:
    """Read canonical bytes, and only those: any other spelling of the same value is refused."""
    if len(data) > MAX_BYTES:
        raise TooLarge
    try:
        value = _DECODER.decode(data.decode("utf-8", errors="strict"))
    except (ValueError, RecursionError):
        raise NotCanonical from None
    if encode(value) != data:
        raise NotCanonical("The message is not written in the canonical form.")
    return value


def parse_object(data: bytes) -> dict[str, Json]:
    """Read canonical bytes that must hold an object."""
    value = parse(data)
    if not isinstance(value, dict):
        raise NotCanonical
    return value


def _check(value: Json, depth: int) -> None:
    if value is None or isinstance(value, bool | str):
        return
    if isinstance(value, int):
        if abs(value) > MAX_INT:
            raise NotCanonical("A number is too large to be the same everywhere.")
        return
    if not isinstance(value, Mapping | list | tuple) or depth == 0:
        raise NotCanonical
    if isinstance(value, Mapping) and not all(isinstance(key, str) for key in value):
        raise NotCanonical
    for item in value.values() if isinstance(value, Mapping) else value:
        _check(item, depth - 1)


def _ordered(value: Json) -> Json:
    if isinstance(value, Mapping):
        return {key: _ordered(value[key]) for key in sorted(value, key=_utf16)}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_ordered(item) for item in value]
    return value


def _utf16(key: str) -> bytes:
    """RFC 8785 3.2.3 sorts by UTF-16 code units, which differs from code points beyond the first plane."""
    return key.encode("utf-16-be", errors="surrogatepass")


def _once(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("duplicate key")
    return found


def _no_number(_text: str) -> NoReturn:
    raise ValueError("only whole numbers")


def _whole(text: str) -> int:
    if len(text) > 17:
        raise ValueError("number too long")
    return int(text)


_DECODER = json.JSONDecoder(
    object_pairs_hook=_once, parse_float=_no_number, parse_constant=_no_number, parse_int=_whole
)
