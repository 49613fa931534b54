"""Reading a profile from its folder: the base first, then what the country changes."""

import hashlib
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from opentrm.kernel.errors import NotFound, NotValid
from opentrm.protocol.profile import Profile

SHIPPED = Path(__file__).resolve().parent.parent / "profiles"
LISTS = {"role": "roles", "body": "bodies", "step": "steps", "clock": "clocks"}
Raw = dict[str, Any]


@cache
def load_profile(name: str, folder: Path = SHIPPED) -> Profile:
    """The profile of this name. Raises NotFound, or NotValid that names file and place."""
    raw = merged(folder / name, folder)
    try:
        return Profile(**raw, digest=_digest(files_of(folder / name, folder)))
    except ValidationError as fault:
        first = fault.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise NotValid(f"The profile {name} has a fault at {where}: {first['msg']}.") from fault


def merged(home: Path, folder: Path = SHIPPED, below: tuple[str, ...] = ()) -> Raw:
    """The plain values of a profile over those of the one it extends; ids decide what replaces what."""
    own = _own(home)
    parent = own.pop("extends", "")
    if not parent:
        return own
    if not isinstance(parent, str) or parent in (*below, home.name):
        raise NotValid(f"{home.name}/profile.toml: it extends itself, or something that is no profile.")
    under = merged(folder / parent, folder, (*below, home.name))
    return {key: _over(under.get(key), own.get(key, under.get(key))) for key in {**under, **own}}


def files_of(home: Path, folder: Path = SHIPPED) -> list[Path]:
    """Every file that a profile is made of, the base's too."""
    found = sorted([*home.glob("*.toml"), *home.glob("forms/*.toml")])
    parent = _toml(home / "profile.toml").get("extends", "")
    return [*files_of(folder / parent, folder), *found] if parent else found


def _own(home: Path) -> Raw:
    if not (home / "profile.toml").is_file():
        raise NotFound(f"There is no profile called {home.name}.")
    raw: Raw = {}
    for file in sorted(home.glob("*.toml")):
        raw |= _toml(file)
    for singular, plural in LISTS.items():
        if singular in raw:
            raw[plural] = _by_id(home, singular, raw.pop(singular))
    raw["facts"] = raw.pop("fact", [])
    raw["forms"] = _by_id(home, "form", [_toml(file) for file in sorted(home.glob("forms/*.toml"))])
    return raw


def _by_id(home: Path, what: str, items: Any) -> dict[str, Any]:
    """Each item under its id. NotValid where one has none, or two of one folder have the same."""
    found: dict[str, Any] = {}
    for item in items if isinstance(items, list) else [items]:
        name = item.get("id") if isinstance(item, Mapping) else None
        if not isinstance(name, str) or name in found:
            raise NotValid(f"{home.name}: a {what} has no id, or the id of another: {name}.")
        found[name] = item
    return found


def _over(under: Any, own: Any) -> Any:
    if isinstance(under, Mapping) and isinstance(own, Mapping):
        return {**under, **{key: _over(under.get(key), value) for key, value in own.items()}}
    return own


def _toml(file: Path) -> Raw:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise NotValid(f"{file.parent.name}/{file.name}: {fault}.") from fault


def _digest(files: list[Path]) -> str:
    seen = hashlib.sha256()
    for file in files:
        seen.update(file.name.encode() + b"\x00" + file.read_bytes() + b"\x00")
    return seen.hexdigest()
