"""A person at a browser: goes, fills in, presses, looks. Every page met is checked by axe and at 320 px."""

import re
import time
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.journeys.nodes import Node

AXE = Axe()
SHOTS = Path("var/journey")


class Tally:
    """What the journeys counted: steps done, steps failed, violations met."""

    def __init__(self) -> None:
        self.steps, self.failed = 0, 0
        self.violations: list[str] = []
        self.seen: set[str] = set()


class Person:
    """Somebody signed in at one node, in a browser of their own."""

    def __init__(
        self, browser: Browser, tally: Tally, node: Node | None, username: str = "", *, script: bool = True
    ) -> None:
        self.context = browser.new_context(java_script_enabled=script, viewport={"width": 1280, "height": 900})
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(8000)
        self.tally, self.node, self.username, self.script = tally, node, username, script
        if username and node:
            self.sign_in(node.passwords[username])

    def sign_in(self, password: str) -> "Person":
        """Sign in."""
        self.go("/accounts/login/")
        self.page.fill("input[name=login]", self.username)
        self.page.fill("input[name=password]", password)
        return self.press("Sign in")

    def go(self, path: str) -> "Person":
        """Open an address of the node."""
        self.page.goto(path if path.startswith("http") else f"{self.node.url}{path}")
        return self.look()

    def follow(self, text: str, exact: bool = True) -> "Person":
        """Follow a link."""
        self.page.get_by_role("link", name=text, exact=exact).or_(
            self.page.get_by_role("button", name=text, exact=exact)
        ).first.click()
        return self.look()

    def press(self, text: str) -> "Person":
        """Press a button."""
        self.page.locator("main button", has_text=re.compile(f"^\\s*{re.escape(text)}")).first.click()
        return self.look()

    def fill(self, **values: object) -> "Person":
        """Fill in fields by the names of the questions; a list ticks boxes, a date is (day, month, year)."""
        for name, value in values.items():
            self._fill(name, value)
        return self

    def _fill(self, name: str, value: object) -> None:
        for one in value if isinstance(value, list) else ():
            self.page.locator(f"input[name='{name}'][value='{one}']").check(force=True)
        if isinstance(value, tuple):
            for part, typed in zip(("day", "month", "year"), value, strict=True):
                self.page.fill(f"input[name='{name}__{part}']", str(typed))
        elif isinstance(value, str):
            field = self.page.locator(f"[name='{name}']").first
            kind = field.get_attribute("type")
            if kind in ("radio", "checkbox"):
                self.page.locator(f"input[name='{name}'][value='{value}']").check(force=True)
            else:
                field.fill(value)

    def see(self, *texts: str) -> "Person":
        """These words stand on the page."""
        found = self.text()
        for text in texts:
            assert text in found, f"{text!r} is not on {self.page.url}:\n{found[:1500]}"
            self.tally.steps += 1
        return self

    def see_not(self, *texts: str) -> "Person":
        """These words do not."""
        found = self.text()
        for text in texts:
            assert text not in found, f"{text!r} is on {self.page.url}"
            self.tally.steps += 1
        return self

    def wait_for(self, text: str, seconds: float = 20) -> "Person":
        """Load the page again until the words stand there: messages travel in the background."""
        until = time.monotonic() + seconds
        while text not in self.text():
            assert time.monotonic() < until, f"{text!r} never came to {self.page.url}:\n{self.text()[:1500]}"
            time.sleep(0.25)
            self.page.reload()
        return self.look().see(text)

    def wait_until_gone(self, text: str, seconds: float = 30) -> "Person":
        """Load the page again until the words are gone."""
        until = time.monotonic() + seconds
        while text in self.text():
            assert time.monotonic() < until, f"{text!r} is still on {self.page.url}"
            time.sleep(0.25)
            self.page.reload()
        return self.look()

    def text(self) -> str:
        """All that can be read."""
        return self.page.locator("body").inner_text()

    def look(self) -> "Person":
        """One step: the page is there, is clean for axe, fits 320 px, and is photographed once."""
        self.tally.steps += 1
        kind = _kind(self.page.url, self.page.title())
        # axe is script itself, and a browser without script would never answer it; the pages are the same.
        if self.script and kind not in self.tally.seen:
            self.tally.seen.add(kind)
            self._axe(kind)
            self._narrow(kind)
        return self

    def _axe(self, kind: str) -> None:
        found = AXE.run(self.page).response["violations"]
        for one in found:
            nodes = "; ".join(node["html"][:160] for node in one["nodes"][:3])
            self.tally.violations.append(f"{kind}: {one['id']}: {one['help']}: {nodes}")

    def _narrow(self, kind: str) -> None:
        name = re.sub(r"[^a-z0-9]+", "-", f"{'script' if self.script else 'plain'}-{kind}".lower()).strip("-")[:90]
        self.page.screenshot(path=SHOTS / f"{name}-1280.png", full_page=True)
        self.page.set_viewport_size({"width": 320, "height": 640})
        wide = self.page.evaluate("document.documentElement.scrollWidth")
        self.page.screenshot(path=SHOTS / f"{name}-320.png", full_page=True)
        self.page.set_viewport_size({"width": 1280, "height": 900})
        if wide > 320:
            self.tally.violations.append(f"{kind}: wider than 320 px: {wide}")


def _kind(url: str, title: str) -> str:
    """The page without what differs from case to case."""
    path = re.sub(r"https?://([a-z]+)\.localhost:\d+", r"\1", url.split("?")[0])
    path = re.sub(r"[A-Z]{2}-[0-9A-Z]{4}-[0-9A-Z]{4}", "REF", path)
    path = re.sub(r"/link/[^/]+", "/link/TOKEN", path)
    path = re.sub(r"/(staff|team)/\d+", r"/\1/N", path)
    return re.sub(r"[0-9a-f]{32}", "ID", path) + (" " + title.split("–")[0].strip() if "Error" in title else "")
