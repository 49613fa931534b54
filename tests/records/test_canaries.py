"""Planted strings of every sealed section stand in nothing that a node writes; unsealed, all are found."""

import base64
import json
import os
import secrets
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest


def forms_of(canary: str) -> list[bytes]:
    """How a string could stand in a file: UTF-8, UTF-16, base64 at each offset, JSON and percent escapes."""
    plain = canary.encode()
    found = [plain, canary.encode("utf-16-le"), canary.encode("utf-16-be"), quote(canary).encode(),
             json.dumps(canary)[1:-1].encode(), json.dumps(canary, ensure_ascii=False)[1:-1].encode()]  # fmt: skip
    for shift in range(3):
        coded = base64.b64encode(b"\0" * shift + plain)
        found.append(coded[4 if shift else 0 : -4])
    found += [form.hex().encode() for form in found]  # how PostgreSQL writes bytes out
    return found


def node(folder: Path, database: str | None, *flags: str) -> dict[str, list[str]]:
    """Run the canaries' node in a process of its own, and read what it planted."""
    env = {**os.environ, "PYTHONPATH": f"src{os.pathsep}.", "TMPDIR": str(folder / "tmp"), "DJANGO_SETTINGS_MODULE": ""}
    env.pop("DJANGO_SETTINGS_MODULE")
    env.pop("OPENTRM_HOME", None)
    env |= {"CANARY_DATABASE": database} if database else {}
    (folder / "tmp").mkdir()
    with (folder / "log").open("wb") as log:
        done = subprocess.run(
            [sys.executable, "-m", "tests.canary_node", str(folder / "home"), *flags], env=env, stdout=subprocess.PIPE,
            stderr=log, check=False, timeout=300,
        )  # fmt: skip
    assert done.returncode == 0, (folder / "log").read_text()[-3000:]
    return json.loads(done.stdout.decode().strip().splitlines()[-1])


@pytest.fixture
def database():
    """A database of its own on the server of this leg; None on SQLite, whose files lie in the node's home."""
    url = os.environ.get("OPENTRM_TEST_DATABASE_URL")
    if not url:
        yield None
        return
    name = f"canaries_{secrets.token_hex(4)}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        yield f"{url.rpartition('/')[0]}/{name}"
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def rows_of(database: str | None) -> bytes:
    """Every row of every table, as the server writes them out."""
    if database is None:
        return b""
    found = bytearray()
    with psycopg.connect(database) as server:
        tables = server.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        for (table,) in tables:
            with server.cursor().copy(f'COPY "{table}" TO STDOUT') as out:
                for part in out:
                    found += part
    return bytes(found)


def hits(folder: Path, planted: list[str], database: str | None) -> list[str]:
    """The canaries that stand in any file under the folder, or in any row: database, WAL, logs, temporary files."""
    files = b"\0".join(file.read_bytes() for file in folder.rglob("*") if file.is_file())
    everything = files + rows_of(database)
    return [canary for canary in planted if any(form in everything for form in forms_of(canary))]


def test_no_planted_string_is_found_in_anything_a_node_writes(tmp_path, database):
    said = node(tmp_path, database)
    assert said["not_read_back"] == []
    assert len(said["planted"]) >= 50
    assert hits(tmp_path, said["planted"], database) == []


def test_with_sealing_switched_off_the_same_search_finds_all_of_them(tmp_path, database):
    said = node(tmp_path, database, "--unsealed")
    assert len(said["planted"]) >= 50
    assert set(hits(tmp_path, said["planted"], database)) == set(said["planted"])
