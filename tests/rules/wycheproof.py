"""Reading the test vectors of Project Wycheproof where the folder is there; see tests/rules/vectors/README.md."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

BESIDE = Path(__file__).resolve().parents[3] / "shared" / "vectors" / "wycheproof"
SHARED = Path(os.environ.get("OPENTRM_WYCHEPROOF", BESIDE))
HERE = Path(__file__).with_name("vectors")


def vectors(name: str, **wanted: object) -> Iterator[dict[str, Any]]:
    """Each test of the groups that have these properties, with its group under ``group``."""
    found = [folder / f"{name}.json" for folder in (HERE, SHARED) if (folder / f"{name}.json").is_file()]
    if not found:
        pytest.skip(f"the Wycheproof vectors {name} are not on this machine")
    for group in json.loads(found[0].read_text(encoding="utf-8"))["testGroups"]:
        if all(group[key] == value for key, value in wanted.items()):
            for test in group["tests"]:
                yield {**test, "group": group}


def octets(text: str) -> bytes:
    """The bytes of a hexadecimal field."""
    return bytes.fromhex(text)
