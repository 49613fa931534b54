"""The two sides as processes: loaded, served alike by gunicorn, and driven over HTTP as a browser drives them."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import httpx

SERVER = ["--workers", "2", "--threads", "4", "--worker-class", "gthread", "--log-level", "error"]
TOKEN = re.compile(r'csrfmiddlewaretoken" value="([^"]+)')
REF = re.compile(r"/cases/(RS-[0-9A-Z-]{9})/")
F01 = {"danger": "no_sign", "outcome": "grounds", "name": "Nova Petrović", "citizenship": "MD", "language": "ro"}


class Side:
    """One side on one database at one size."""

    app = settings = loader = ""
    port = 0

    def __init__(self, folder: Path, size: int, database: str) -> None:
        self.folder, self.size = folder, size
        self.env = {
            **os.environ,
            "PYTHONPATH": "src:.",
            "DJANGO_SETTINGS_MODULE": self.settings,
            "OPENTRM_HOME": str(folder / "home"),
            "FLOOR_HOME": str(folder),
        }
        if database != "sqlite":
            self.env |= {"OPENTRM_DATABASE_URL": database, "FLOOR_DATABASE": database}
        self.load()
        self.cold = self.start()
        self.first = self.client()

    def load(self) -> None:
        """Fill it."""
        subprocess.run(
            [sys.executable, "-m", self.loader, str(self.size)], env=self.env, check=True, stdout=subprocess.DEVNULL
        )

    def start(self) -> float:
        """Start the server; seconds until it answers."""
        begin = time.perf_counter()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", *SERVER, "--bind", f"127.0.0.1:{self.port}", self.app],
            env=self.env,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        while time.perf_counter() - begin < 60:
            try:
                if httpx.get(f"http://127.0.0.1:{self.port}/healthz", timeout=5).status_code in (200, 503):
                    return time.perf_counter() - begin
            except httpx.HTTPError:
                time.sleep(0.02)
        raise SystemExit(f"{self.app} did not start")

    def memory(self) -> float:
        """Resident MiB of the server processes, without their master."""
        children = subprocess.run(["pgrep", "-P", str(self.process.pid)], capture_output=True, text=True, check=False)
        pages = sum(int(Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in children.stdout.split())
        return pages * 4096 / 2**20

    def client(self) -> httpx.Client:
        """Somebody signed in."""
        client = httpx.Client(base_url=f"http://127.0.0.1:{self.port}", timeout=120)
        page = client.get(self.login)
        client.post(self.login, data={**self.who, "csrfmiddlewaretoken": TOKEN.search(page.text).group(1)},
                    headers={"Referer": str(page.url)})  # fmt: skip
        client.token = TOKEN.search(client.get(self.form).text).group(1)
        return client

    def post(self, client: httpx.Client, path: str, **data: str) -> httpx.Response:
        """Send a form."""
        answer = client.post(path, data={**data, "csrfmiddlewaretoken": client.token})
        assert answer.status_code in (200, 302), (path, answer.status_code, answer.text[:500])
        return answer

    def stop(self) -> None:
        """Off."""
        self.process.terminate()
        self.process.wait(20)


class Ours(Side):
    """A node of OpenTRM: access check, decryption and audit are on."""

    app, settings, loader, port = "opentrm.config.wsgi", "opentrm.config.settings", "bench.load_ours", 8171
    login, form = "/accounts/login/", "/cases/"
    who = {"login": "bench", "password": "bench bench bench bench"}

    def load(self) -> None:
        """A home, then people."""
        from opentrm.config.command import OURS

        assert "init" in OURS
        subprocess.run(
            [
                sys.executable,
                "-m",
                "opentrm.config",
                "init",
                str(self.folder / "home"),
                "--country",
                "RS",
                "--name",
                "Bench",
                "--database",
                self.env.get("OPENTRM_DATABASE_URL", "sqlite"),
            ],
            env=self.env,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        super().load()

    def rows(self, text: str) -> int:
        """How many cases a page shows."""
        return len(set(REF.findall(text)))

    def worklist(self, client):
        """The list."""
        return client.get("/cases/")

    def filter(self, client):
        """By country and stage."""
        return client.get("/cases/?country=MD&stage=plan&closed=")

    def search(self, client):
        """By name."""
        return self.post(client, "/cases/", name="Djordjevic")

    def open(self, client):
        """One case."""
        return client.get(f"/cases/{self.some}/")

    def create(self, client):
        """Hand over and accept: a case exists."""
        where = self.post(client, "/screen/form/", **F01, to=self.to(client)).headers["location"]
        receipt = where.split("new=")[1]
        return self.post(client, f"/duty/{receipt}/", manager=self.manager)

    def to(self, client) -> str:
        """The duty desk and the manager, as the pages offer them."""
        if not hasattr(self, "_to"):
            self._to = re.search(r'name="to" value="(\d+)"', client.get("/screen/form/").text).group(1)
            where = self.post(client, "/screen/form/", **F01, to=self._to).headers["location"]
            page = client.get(f"/duty/{where.split('new=')[1]}/").text
            self.manager = re.search(r'name="manager" value="(\d+)"', page).group(1)
        return self._to

    @property
    def some(self) -> str:
        """The reference of a case."""
        if not hasattr(self, "_some"):
            self._some = REF.search(self.worklist(self.first).text).group(1)
        return self._some


class Floor(Side):
    """The floor."""

    app, settings, loader, port = "bench.floor.wsgi", "bench.floor.settings", "bench.load_floor", 8172
    login, form = "/admin/login/", "/admin/floor/case/add/"
    who = {"username": "bench", "password": "bench bench bench bench"}
    number = 0

    def rows(self, text: str) -> int:
        """How many cases a page shows."""
        return len(set(re.findall(r"/admin/floor/case/(\d+)/change/", text)))

    def worklist(self, client):
        """The list."""
        return client.get("/admin/floor/case/")

    def filter(self, client):
        """By country and stage."""
        return client.get("/admin/floor/case/?country__exact=MD&stage__exact=plan")

    def search(self, client):
        """By name."""
        return client.get("/admin/floor/case/", params={"q": "Đorđević"})

    def open(self, client):
        """One case."""
        return client.get("/admin/floor/case/1/change/")

    def create(self, client):
        """The add form."""
        Floor.number += 1
        return self.post(
            client,
            "/admin/floor/case/add/",
            ref=f"B{Floor.number:09d}",
            name="Nova Petrović",
            country="MD",
            stage="screen",
            status="potential",
            risk="",
            language="ro",
            account="Told. " * 40,
            opened_at_0="2026-11-24",
            opened_at_1="10:00:00",
            touched_at_0="2026-11-24",
            touched_at_1="10:00:00",
        )
