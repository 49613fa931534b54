"""``python -m tests.journeys``: all journeys, then one line that counts them."""

import os
import signal
import sys
import traceback
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.journeys import turns, walk
from tests.journeys.browser import SHOTS, Person, Tally
from tests.journeys.nodes import Node, two_nodes

CHROMIUM = "/usr/bin/chromium"
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP *.localhost 127.0.0.1",
]


class Cast:
    """Everybody signed in so far, each in a browser of their own."""

    def __init__(self, browser: Browser, tally: Tally, nodes: dict[str, Node], *, script: bool) -> None:
        self.browser, self.tally, self.nodes, self.script = browser, tally, nodes, script
        self.people: dict[tuple[str, str], Person] = {}

    def __call__(self, node: str, username: str) -> Person:
        """Somebody, signed in once."""
        if (node, username) not in self.people:
            made = Person(self.browser, self.tally, self.nodes[node], username, script=self.script)
            self.people[node, username] = made
        return self.people[node, username]

    def stranger(self, node: str) -> Person:
        """Somebody with nothing but a browser."""
        return Person(self.browser, self.tally, self.nodes[node], script=self.script)


def main_walk(cast: Cast) -> None:
    """The numbered lines, one to eight."""
    name = "Doina Țurcanu Lungu" if cast.script else "Natalia Rusu Ceban"
    ref = walk.screened(cast, name)
    walk.team(cast, "rs", "milica.zivkovic", ref, "Stefan Tešić", "Vesna Radić")
    walk.told_and_safe(cast, ref)
    walk.consented(cast, ref)
    walk.cared_for(cast, ref)
    walk.asked(cast, ref)
    theirs = walk.offered(cast, ref)
    walk.locked(cast, ref, theirs)
    walk.scored(cast, ref, theirs)
    walk.disclosed(cast, ref, theirs, name)
    walk.travelling(cast, ref, theirs)
    walk.arrived(cast, ref, theirs)
    walk.assisted_and_closed(cast, ref, theirs)
    walk.heard(cast, cast.stranger("rs"), "rs", "milica.zivkovic", "ana.popovic", ref)
    walk.heard(cast, cast.stranger("md"), "md", "ana.ceban", "tatiana.lungu", theirs)


def run(browser: Browser, tally: Tally) -> None:
    """Every journey; a failed one does not stop the next."""
    only = sys.argv[1:]
    nodes = two_nodes(Path("var/journey-nodes").resolve())
    try:
        for script in (True, False):
            cast = Cast(browser, tally, nodes, script=script)
            journeys = [("main walk", lambda cast=cast: main_walk(cast))]
            journeys += [(turn.__doc__ or turn.__name__, lambda turn=turn, cast=cast: turn(cast)) for turn in turns.ALL]
            for name, journey in journeys:
                if not only or any(word in name for word in only):
                    _journey(tally, cast, name, journey)
    finally:
        for node in nodes.values():
            node.close()


def _journey(tally: Tally, cast: Cast, name: str, journey) -> None:  # type: ignore[no-untyped-def]
    try:
        journey()
        print(f"  {'with' if cast.script else 'without'} script: {name} ok, {tally.steps} steps so far", flush=True)
    except Exception as fault:
        tally.failed += 1
        print(f"  {'with' if cast.script else 'without'} script: {name} FAILED: {str(fault)[:2500]}", flush=True)
        traceback.print_exc(limit=-3)


def _stop(*_: object) -> None:
    raise KeyboardInterrupt


def main() -> int:
    """Walk, print what axe found, and count."""
    if not Path(CHROMIUM).exists():
        print("The journeys need Chromium (on Debian: apt-get install chromium).")
        return 1
    os.environ.setdefault("PYTHONPATH", "src")
    signal.signal(signal.SIGTERM, _stop)
    SHOTS.mkdir(parents=True, exist_ok=True)
    tally = Tally()
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        run(browser, tally)
        browser.close()
    print(f"  {len(tally.seen)} kinds of pages checked by axe, at 1280 and 320 px")
    for line in tally.violations:
        print(f"  axe: {line}")
    print(f"journey: {tally.steps} steps, {tally.failed} failed, {len(tally.violations)} axe violations")
    return 1 if tally.failed or tally.violations else 0


if __name__ == "__main__":
    raise SystemExit(main())
