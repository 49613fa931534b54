"""``python -m bench [--quick]``: a table, and ``var/bench/bench.json``."""

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from bench import postgres
from bench.sides import Floor, Ours, Side
from bench.wire import messages_per_second

ACTS = ("worklist", "filter", "search", "open", "create")
OUT = Path("var/bench/bench.json")
Row = dict[str, Any]


def main() -> int:
    """Every size, database and concurrency, both sides in one run."""
    quick = "--quick" in sys.argv
    sizes = (2_000,) if quick else (10_000, 100_000)
    repeat = 10 if quick else 40
    rows: list[Row] = []
    with postgres.cluster() as database_url:
        for database in ("sqlite", "postgresql"):
            for size in sizes:
                rows += _measure(database, database_url, size, repeat)
    rate = messages_per_second(50 if quick else 400)
    rows.append(
        {
            "act": "messages",
            "size": 0,
            "database": "memory",
            "concurrency": 1,
            "p50_ms": 1000 / rate,
            "p95_ms": None,
            "rps": rate,
            "floor_p50_ms": None,
            "ratio": None,
        }
    )
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(rows, indent=1))
    print(f"\nmessages sealed, delivered, opened and receipted on one core: {rate:.0f} a second\nwritten to {OUT}")
    return 0


def _measure(database: str, url: Callable[[str], str], size: int, repeat: int) -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="opentrm-bench-") as name:
        folder = Path(name)
        begin = time.perf_counter()
        floor = Floor(folder, size, url(f"floor{size}") if database == "postgresql" else "sqlite")
        ours = Ours(folder, size, url(f"ours{size}") if database == "postgresql" else "sqlite")
        print(f"\n{database}, {size} cases (both loaded in {time.perf_counter() - begin:.0f} s)", flush=True)
        try:
            _equal(ours, floor)
            rows = [_row(act, size, database, many, ours, floor, repeat) for many in (1, 8) for act in ACTS]
            rows += [_plain("memory_mib", size, database, ours.memory(), floor.memory()),
                     _plain("cold_start_s", size, database, ours.cold, floor.cold)]  # fmt: skip
        finally:
            ours.stop()
            floor.stop()
    return rows


def _equal(ours: Ours, floor: Floor) -> None:
    """Both sides return equally many rows for the same question."""
    for act in ("worklist", "filter", "search"):
        seen = [side.rows(getattr(side, act)(side.first).text) for side in (ours, floor)]
        assert seen[0] == seen[1] > 0, (act, seen)


def _row(act: str, size: int, database: str, many: int, ours: Side, floor: Side, repeat: int) -> Row:
    """Three rounds of each side in turn; the median round counts, because machines are noisy."""
    rounds = [(_times(ours, act, many, repeat), _times(floor, act, many, repeat)) for _ in range(3)]
    mine, theirs = sorted(rounds, key=lambda pair: statistics.median(pair[0][0]) / statistics.median(pair[1][0]))[1]
    p50, floor50 = statistics.median(mine[0]), statistics.median(theirs[0])
    row = {"act": act, "size": size, "database": database, "concurrency": many, "p50_ms": p50,
           "p95_ms": sorted(mine[0])[int(len(mine[0]) * 0.95)], "rps": len(mine[0]) / mine[1], "floor_p50_ms": floor50,
           "ratio": p50 / floor50}  # fmt: skip
    print(
        f"  {act:9} x{many}  ours {p50:8.1f} ms  p95 {row['p95_ms']:8.1f}  {row['rps']:7.1f}/s  floor {floor50:8.1f} ms"
        f"  ratio {row['ratio']:5.2f}",
        flush=True,
    )
    return row


def _times(side: Side, act: str, many: int, repeat: int) -> tuple[list[float], float]:
    clients = getattr(side, "clients", [side.first])
    while len(clients) < many:
        clients.append(side.client())
    side.clients = clients  # type: ignore[attr-defined]
    do = getattr(side, act)
    do(clients[0])

    def one(client: Any) -> list[float]:
        taken = []
        for _ in range(max(3, repeat // many)):
            begin = time.perf_counter()
            answer = do(client)
            taken.append((time.perf_counter() - begin) * 1000)
            assert answer.status_code in (200, 302)
        return taken

    begin = time.perf_counter()
    with ThreadPoolExecutor(many) as pool:
        found = [ms for part in pool.map(one, clients[:many]) for ms in part]
    return found, time.perf_counter() - begin


def _plain(what: str, size: int, database: str, ours: float, floor: float) -> Row:
    print(f"  {what}: ours {ours:.1f}, floor {floor:.1f}", flush=True)
    return {
        "act": what,
        "size": size,
        "database": database,
        "concurrency": 1,
        "p50_ms": ours,
        "p95_ms": None,
        "rps": None,
        "floor_p50_ms": floor,
        "ratio": ours / floor,
    }


if __name__ == "__main__":
    raise SystemExit(main())
