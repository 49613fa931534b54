"""Collect every sentence that staff can read into one catalogue for translators: src/opentrm/locale/opentrm.pot."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import polib

from opentrm.protocol import load_profile

SOURCE = Path(__file__).resolve().parent.parent / "src" / "opentrm"
OUT = SOURCE / "locale" / "opentrm.pot"
TRANS = re.compile(r'{%\s*trans\s+(?:"([^"]+)"|\'([^\']+)\')')
BLOCK = re.compile(r"{%\s*blocktrans[^%]*%}(.*?){%\s*endblocktrans\s*%}", re.S)
SPOKEN = ("doors", "cases", "referrals", "accounts", "feedback", "directory", "policy", "kernel", "federation")
SENTENCE = re.compile(r"^[A-Z“][^{}<>]*[a-z][^{}<>]*$")


def from_templates() -> Iterator[tuple[str, str]]:
    """What templates mark, with the file it stands in."""
    for file in sorted(SOURCE.rglob("*.html")):
        text = file.read_text(encoding="utf-8")
        for one, other in TRANS.findall(text):
            yield one or other, file.name
        for block in BLOCK.findall(text):
            for part in re.split(r"{%\s*plural\s*%}", block):
                yield re.sub(r"{{\s*(\w+)\s*}}", r"%(\1)s", part.strip()), file.name


def from_profile() -> Iterator[tuple[str, str]]:
    """What the base procedure says: forms, steps, clocks, roles."""
    profile = load_profile("base")
    for form in profile.forms.values():
        yield from ((said, form.id) for said in (form.title, form.intro, form.button))
        for group in form.groups:
            yield from ((said, form.id) for said in (group.title, group.say))
        for question in form.questions():
            yield from ((said, form.id) for said in (question.ask, question.hint, question.must))
            yield from ((option.label, form.id) for option in question.choices)
    titled = (*profile.steps.values(), *profile.clocks.values(), *profile.roles.values(), *profile.bodies.values())
    yield from ((one.title, "procedure") for one in titled)
    yield from ((title, "services") for title in profile.services.values())


def from_code() -> Iterator[tuple[str, str]]:
    """Sentences and labels in the code: constants that read like one, docstrings apart."""
    for folder in SPOKEN:
        for file in sorted((SOURCE / folder).rglob("*.py")):
            tree = ast.parse(file.read_text(encoding="utf-8"))
            docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
            for node in ast.walk(tree):
                if id(node) not in docs and _reads(node):
                    yield str(node.value), file.name  # type: ignore[attr-defined]


def _reads(node: ast.AST) -> bool:
    """Whether a constant reads like a sentence or a label of several words."""
    text = node.value if isinstance(node, ast.Constant) else None
    return isinstance(text, str) and " " in text and SENTENCE.match(text) is not None


def catalogue() -> polib.POFile:
    """All of it, each sentence once."""
    found: dict[str, set[str]] = {}
    for source in (from_templates, from_profile, from_code):
        for sentence, where in source():
            if sentence.strip():
                found.setdefault(sentence, set()).add(where)
    made = polib.POFile()
    made.metadata = {"Project-Id-Version": "OpenTRM", "Content-Type": "text/plain; charset=utf-8"}
    for sentence in sorted(found):
        made.append(polib.POEntry(msgid=sentence, occurrences=[(where, "") for where in sorted(found[sentence])]))
    return made


if __name__ == "__main__":
    OUT.parent.mkdir(exist_ok=True)
    catalogue().save(str(OUT))
    print(f"{len(catalogue())} sentences collected in {OUT.name}")
