"""``make demo``: two nodes on this machine, paired, with an invented caseload. Ctrl-C stops all of it."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOMES = Path(os.environ.get("OPENTRM_DEMO", ROOT / "var" / "demo"))
NODES = {"rs": ("RS", "Serbia", 8101), "md": ("MD", "Moldova", 8102)}
OPENTRM = [sys.executable, "-m", "opentrm.config"]
AT_HOME = ["Amra Hadžić", "Blerta Gjoka Çela", "Елена Ђорђевић", "Jasmina Begić", "Oksana Lysenko", "Valbona Përmeti",
           "Mirela Popa", "Ruxanda Bîrcă"]  # fmt: skip
# How far each referral goes: who acts, and what they do.
ROAD = (("md", "offer"), ("rs", "agree"), ("md", "lock"), ("rs", "score"), ("md", "score"), ("rs", "disclose"),
        ("rs", "plan"), ("md", "arrive"), ("md", "hand-over"), ("md", "progress"), ("md", "close"))  # fmt: skip
ABROAD = (
    ("Doina Țurcanu", ()),
    ("Ana Șleahtițchi", (("md", "ask-back"),)),
    ("Natalia Rusu Ceban", ROAD[:1]),
    ("Mihaela Lungu", (("md", "decline"),)),
    ("Cătălina Moraru", (*ROAD[:4], ("md", "score-high"))),
    ("Olesea Gîscă", ROAD[:6]),
    ("+Ruxanda Ciobanu", ROAD[:7]),
    ("Татьяна Мунтяну", ROAD[:8]),
    ("Ștefania Cojocaru", ROAD[:10]),
    ("Ана Русу", ROAD),
    ("Viorica Popa", (*ROAD[:6], ("rs", "withdraw"))),
    ("!Ionela Țurcan", ROAD[:1]),
)


def main() -> int:
    """Make, start, carry on, and wait."""
    if "--reset" in sys.argv:
        shutil.rmtree(HOMES, ignore_errors=True)
        print("The demo is wiped. `make demo` makes a new one.")
        return 0
    if taken := [port for _, _, port in NODES.values() if _taken(port)]:
        print(f"Port {taken[0]} is in use: is the demo running already? Stop it with Ctrl-C where it runs.")
        return 1
    fresh = [name for name in NODES if not (HOMES / name / "node.toml").exists()]
    for name in fresh:
        _init(name)
    started: list[subprocess.Popen[str]] = []
    try:
        for signum in (signal.SIGTERM, signal.SIGHUP):
            signal.signal(signum, _interrupt)
        return _run(fresh, started)
    except KeyboardInterrupt:
        return 0
    finally:
        _stop(started)


def _run(fresh: list[str], started: list["subprocess.Popen[str]"]) -> int:
    for name in NODES:
        started += [_start(name, "serve"), _start(name, "worker")]
    hands = {name: Hand(name) for name in NODES}
    started += [hand.process for hand in hands.values()]
    for name in NODES:
        _wait(name)
    if fresh or not hands["rs"].ask("count"):
        _carry_on(hands)
    _say(hands)
    for hand in hands.values():
        hand.process.stdin.close()  # type: ignore[union-attr]
    if "--once" in sys.argv:
        return 0
    while True:
        time.sleep(1)
        if any(process.poll() not in (None, 0) for process in started[:4]):
            print("A part of the demo has ended by itself. What it said stands above.")
            return 1


def _carry_on(hands: dict[str, "Hand"]) -> None:
    print("making staff, pairing the nodes, loading the caseload ...", flush=True)
    for hand in hands.values():
        hand.ask("staff")
    hands["md"].ask("pair", hands["rs"].ask("card"))
    hands["rs"].ask("pair", hands["md"].ask("card"))
    loaded = sum(int(str(hand.ask("caseload"))) for hand in hands.values())
    print(f"{loaded} invented people taken over from HTCDS files", flush=True)
    hands["rs"].ask("home", AT_HOME)
    for place, (name, acts) in enumerate(ABROAD, 1):
        referral = hands["rs"].ask("begin", name.lstrip("!"), "child" if name.startswith("!") else "")
        for node, act in acts:
            hands[node].ask("act", act, referral)
        print(f"\rcarried on {place} of {len(ABROAD)} referrals through the real acts", end="", flush=True)
    print(flush=True)


def _say(hands: dict[str, "Hand"]) -> None:
    print("\nTwo nodes are running on this machine. Everybody in them is invented.")
    for name, (_, country, port) in NODES.items():
        print(f"\n  {country}: http://{name}.localhost:{port}")
        for username, role, password in hands[name].ask("passwords"):
            print(f"    {username:20} {password:38} {role}")
    print(
        "\nPasswords are new at every start. Ctrl-C stops everything; the data stays. `make demo-reset` wipes it.",
        flush=True,
    )


class Hand:
    """A process that acts inside one node."""

    def __init__(self, name: str) -> None:
        self.process = subprocess.Popen(
            [*OPENTRM, "demo_actor"], env=_env(name), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
            start_new_session=True,
        )  # fmt: skip

    def ask(self, *what: object) -> object:
        """Have one thing done; its answer. Ends the demo when it was refused."""
        assert self.process.stdin  # noqa: S101
        assert self.process.stdout  # noqa: S101
        self.process.stdin.write(json.dumps(what) + "\n")
        self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            raise SystemExit("A part of the demo broke. What it said stands above.")
        said = json.loads(line)
        if "ok" not in said:
            raise SystemExit(f"The demo could not do {what}: {said}")
        return said["ok"]


def _init(name: str) -> None:
    country, title, port = NODES[name]
    url = f"http://{name}.localhost:{port}"
    subprocess.run(
        [*OPENTRM, "init", str(HOMES / name), "--country", country, "--name", title, "--port", str(port), "--url", url,
         "--demo"], check=True, stdout=subprocess.DEVNULL, env=_env(name),
    )  # fmt: skip


def _start(name: str, command: str) -> "subprocess.Popen[str]":
    log = (HOMES / name / f"{command}.log").open("a")
    return subprocess.Popen(
        [*OPENTRM, command], env=_env(name), stdout=log, stderr=log, text=True, start_new_session=True
    )


def _env(name: str) -> dict[str, str]:
    return {**os.environ, "OPENTRM_HOME": str(HOMES / name), "PYTHONUNBUFFERED": "1"}


def _wait(name: str) -> None:
    port = NODES[name][2]
    for _ in range(200):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
                if json.load(answer)["status"] == "ok":
                    return
        except OSError:
            pass
        time.sleep(0.1)
    print((HOMES / name / "serve.log").read_text()[-2000:])
    raise SystemExit(f"The node {name} did not start. What it said stands above.")


def _taken(port: int) -> bool:
    with socket.socket() as knock:
        return knock.connect_ex(("127.0.0.1", port)) == 0


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _stop(started: list["subprocess.Popen[str]"]) -> None:
    for process in started:
        if process.poll() is None:
            process.terminate()
    for process in started:
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()


if __name__ == "__main__":
    raise SystemExit(main())
