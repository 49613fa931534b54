"""Two fresh nodes for a journey: made, started, paired, stopped and started again."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

OPENTRM = [sys.executable, "-m", "opentrm.config"]


class Node:
    """One node as processes on this machine."""

    def __init__(self, folder: Path, name: str, country: str, title: str, port: int) -> None:
        self.name, self.port, self.home = name, port, folder / name
        self.url = f"http://{name}.localhost:{port}"
        self.clock = folder / "clock"
        self.env = {**os.environ, "OPENTRM_HOME": str(self.home), "OPENTRM_CLOCK_FILE": str(self.clock)}
        given = ["--country", country, "--name", title, "--port", str(port), "--url", self.url, "--demo"]
        subprocess.run([*OPENTRM, "init", str(self.home), *given], check=True, env=self.env, stdout=subprocess.DEVNULL)
        self.log = (self.home / "log").open("a")
        self.running: list[subprocess.Popen[str]] = []
        self.hand = subprocess.Popen(
            [*OPENTRM, "demo_actor"], env=self.env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.start()
        self.ask("staff")
        self.passwords = {username: password for username, _, password in self.ask("passwords")}

    def start(self) -> None:
        """Start web and worker, and wait until both are well."""
        with socket.socket() as knock:
            if knock.connect_ex(("127.0.0.1", self.port)) == 0:
                raise SystemExit(f"Port {self.port} is in use: something of an earlier journey is still running.")
        for command in (["serve"], ["worker", "--every", "0.2"]):
            self.running.append(
                subprocess.Popen([*OPENTRM, *command], env=self.env, stdout=self.log, stderr=self.log, text=True)
            )
        for _ in range(200):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/healthz", timeout=2) as answer:
                    if json.load(answer)["status"] == "ok":
                        return
            except OSError:
                time.sleep(0.1)
        raise SystemExit(f"{self.name} did not start:\n{(self.home / 'log').read_text()[-3000:]}")

    def stop(self) -> None:
        """Stop web and worker: the node is down."""
        for process in self.running:
            process.terminate()
        for process in self.running:
            process.wait(15)
        self.running = []

    def ask(self, *what):
        """Have the demo's hand do one thing."""
        self.hand.stdin.write(json.dumps(what) + "\n")
        self.hand.stdin.flush()
        said = json.loads(self.hand.stdout.readline())
        assert "ok" in said, (what, said)
        return said["ok"]

    def close(self) -> None:
        """Everything off."""
        self.stop()
        self.hand.stdin.close()
        self.hand.wait(10)


def two_nodes(folder: Path) -> dict[str, Node]:
    """Serbia and Moldova, paired and empty but for their staff."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / "clock").write_text("0")
    nodes = {"rs": Node(folder, "rs", "RS", "Serbia", 8141), "md": Node(folder, "md", "MD", "Moldova", 8142)}
    nodes["md"].ask("pair", nodes["rs"].ask("card"))
    nodes["rs"].ask("pair", nodes["md"].ask("card"))
    return nodes
