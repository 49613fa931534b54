"""Planted strings of every sealed section stand in nothing that a node writes; unsealed, all are found."""

import base64
import json
import os
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest


def forms_of(canary: str) -> list[bytes]:
    """How a string could stand in a file: UTF-8, UTF-16, base64 at each offset, JSON and percent escapes."""
    plain = canary.encode()
    found = [plain, canary.encode("utf-16-le"), canary.encode("utf-16-be"), quote(canary).encode(),
             json.dumps(canary)[1:-1].encode(), json.dumps(canary, ensure_ascii=False)[1:-1].encode()]  # fmt: skip
    for shift in range(3):
        coded = base64.b64encode(b"\0" * shift + plain)
        found.append(coded[4 if shift else 0 : -4])
    return found


def node(folder: Path, *flags: str) -> dict[str, list[str]]:
    """Run the canaries' node in a process of its own, and read what it planted."""
    env = {**os.environ, "PYTHONPATH": f"src{os.pathsep}.", "TMPDIR": str(folder / "tmp"), "DJANGO_SETTINGS_MODULE": ""}
    env.pop("DJANGO_SETTINGS_MODULE")
    env.pop("OPENTRM_HOME", None)
    (folder / "tmp").mkdir()
    with (folder / "log").open("wb") as log:
        done = subprocess.run(
            [sys.executable, "-m", "tests.canary_node", str(folder / "home"), *flags], env=env, stdout=subprocess.PIPE,
            stderr=log, check=False, timeout=300,
        )  # fmt: skip
    assert done.returncode == 0, (folder / "log").read_text()[-3000:]
    return json.loads(done.stdout.decode().strip().splitlines()[-1])


def hits(folder: Path, planted: list[str]) -> list[str]:
    """The canaries that stand in any file under the folder: database, WAL, logs, temporary files, keys."""
    everything = b"\0".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())
    return [canary for canary in planted if any(form in everything for form in forms_of(canary))]


@pytest.mark.skipif(bool(os.environ.get("OPENTRM_TEST_DATABASE_URL")), reason="this leg reads SQLite's own files")
def test_no_planted_string_is_found_in_anything_a_node_writes(tmp_path):
    said = node(tmp_path)
    assert said["not_read_back"] == []
    assert len(said["planted"]) >= 50
    assert hits(tmp_path, said["planted"]) == []


@pytest.mark.skipif(bool(os.environ.get("OPENTRM_TEST_DATABASE_URL")), reason="this leg reads SQLite's own files")
def test_with_sealing_switched_off_the_same_search_finds_all_of_them(tmp_path):
    said = node(tmp_path, "--unsealed")
    assert len(said["planted"]) >= 50
    assert set(hits(tmp_path, said["planted"])) == set(said["planted"])
