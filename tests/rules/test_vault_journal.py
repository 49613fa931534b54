"""What is never forgotten: in order, chained, and readable after a crash in the middle of a line."""

import json
import stat
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from opentrm.kernel import clock
from opentrm.vault import Journal

NOW = datetime(2026, 11, 24, 10, 0, tzinfo=UTC)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "journal"


@pytest.fixture
def journal(path):
    journal = Journal(path)
    with clock.frozen(NOW):
        for number in range(4):
            journal.append("withdrawal", consent=f"{number:032x}")
    return journal


def test_it_remembers_in_order(journal, path):
    assert [entry.ids["consent"][-1] for entry in Journal(path).entries()] == ["0", "1", "2", "3"]
    assert {(entry.kind, entry.at) for entry in journal.entries()} == {("withdrawal", NOW.isoformat())}
    assert journal.verify() is None


def test_a_journal_not_yet_begun_is_empty_and_sound(path):
    assert (Journal(path).entries(), Journal(path).verify()) == ([], None)


def test_only_the_owner_reads_it(journal, path):
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_it_waits_until_the_disk_has_it(path, monkeypatch):
    flushed = []
    monkeypatch.setattr("opentrm.vault.journal.os.fsync", flushed.append)
    Journal(path).append("erasure", case="a" * 32)
    assert len(flushed) == 1


@pytest.mark.parametrize("gone", [0, 1, 2])
def test_a_removed_line_is_seen(journal, path, gone):
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(lines[:gone] + lines[gone + 1 :]))
    assert journal.verify() == gone


def test_an_edited_line_is_seen_at_the_line_after_it(journal, path):
    lines = path.read_text().splitlines(keepends=True)
    body = json.loads(lines[1])
    body["kind"] = "nothing"
    path.write_text("".join([lines[0], json.dumps(body, sort_keys=True, separators=(",", ":")) + "\n", *lines[2:]]))
    assert journal.verify() == 2


def test_two_lines_that_changed_places_are_seen(journal, path):
    one, two, *rest = path.read_text().splitlines(keepends=True)
    path.write_text("".join([two, one, *rest]))
    assert journal.verify() == 0


@pytest.mark.parametrize("line", ["", "null", "[]", "7", '{"kind":"erasure"}', "not json"])
def test_a_line_of_another_shape_is_seen_and_hides_nothing(journal, path, line):
    with path.open("a") as out:
        out.write(line + "\n")
    assert journal.verify() == 4
    assert len(journal.entries()) == 4


@pytest.mark.parametrize("left", [1, 20, 60])
def test_a_line_cut_short_by_a_crash_is_passed_over_and_the_next_one_kept(journal, path, left):
    """The entry after the crash is the one that matters: it must not be written into the broken line."""
    whole = path.read_text().splitlines(keepends=True)
    path.write_text("".join(whole[:3]) + whole[3][:left])
    assert len(journal.entries()) == 3
    journal.append("erasure", case="f" * 32)
    assert [entry.kind for entry in journal.entries()] == ["withdrawal"] * 3 + ["erasure"]
    assert journal.verify() == 3


def test_a_last_line_that_lost_only_its_end_counts(journal, path):
    path.write_text(path.read_text().rstrip("\n"))
    journal.append("erasure", case="f" * 32)
    assert len(journal.entries()) == 5
    assert journal.verify() is None


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.text(min_size=1, max_size=5), st.text(max_size=8), max_size=3))
def test_whatever_an_id_holds_the_chain_stays_whole(tmp_path, ids):
    journal = Journal(tmp_path / "any")
    ids = {f"x{key}": value for key, value in ids.items()}
    journal.append("tombstone", **ids)
    assert journal.entries()[-1].ids == ids
    assert journal.verify() is None
