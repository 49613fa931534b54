"""Reading HTCDS: what was understood, what could not be placed, and what was only claimed."""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from opentrm.interchange.fields import CONSENTS, Field, field_named
from opentrm.interchange.places import country_of, language_of
from opentrm.interchange.tables import table_of

LISTED = 200
KEPT = "x_kept:"
Values = dict[str, str | tuple[str, ...]]


@dataclass(frozen=True)
class Problem:
    """One value that could not be placed: where, and why. The value itself is kept with its case."""

    row: int
    column: str
    sentence: str


@dataclass(frozen=True)
class CaseIn:
    """One case of a file. ``kept`` holds, by column, what has no place in the standard; ``claims`` its ticks."""

    row: int
    fields: Values
    kept: dict[str, str] = field(default_factory=dict)
    claims: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reading:
    """What a file says. ``problems`` lists the first 200; ``problem_count`` counts them all."""

    format: str
    cases: tuple[CaseIn, ...]
    problems: tuple[Problem, ...]
    problem_count: int
    understood: dict[str, str]
    unplaced: tuple[str, ...]


def read_htcds(data: bytes) -> Reading:
    """Read CSV, JSON or XLSX. Raises NotValid where it is no such file, or none of HTCDS."""
    table = table_of(data)
    columns = _columns(table.columns)
    problems: list[Problem] = []
    count = Counter[str]()
    cases = tuple(_case(number, cells, columns, problems, count) for number, cells in table.rows)
    understood = {column.text: column.field.name for column in columns if column.field}
    unplaced = tuple(column.text for column in columns if column.field is None and not column.text.startswith("x_"))
    return Reading(table.format, cases, tuple(problems), count["problems"], understood, unplaced)


@dataclass(frozen=True)
class Column:
    """A column of the file: its text, the field it means, and the one option it stands for, if any."""

    text: str
    field: Field | None
    option: str = ""


def _columns(texts: tuple[str, ...]) -> tuple[Column, ...]:
    return tuple(_column(text.strip() or f"column {place}") for place, text in enumerate(texts, 1))


def _column(text: str) -> Column:
    """``x_...`` columns are kept as they are; ``field/option`` holds a tick for one option of the field."""
    if text.startswith("x_"):
        return Column(text, None)
    before, _, last = text.rpartition("/")
    parent = field_named(before) if before else None
    if parent is not None and (code := parent.code_of(last)):
        return Column(text, parent, code)
    return Column(text, field_named(text))


def _case(
    row: int, cells: tuple[str, ...], columns: tuple[Column, ...], problems: list[Problem], count: Counter[str]
) -> CaseIn:
    found: dict[str, list[str]] = {}
    kept: dict[str, str] = {}
    claims: list[str] = []
    extra = tuple(Column(f"column {place}", None) for place in range(len(columns) + 1, len(cells) + 1))
    for column, cell in zip((*columns, *extra), cells, strict=False):
        text = unescape(cell).strip()
        if not text:
            continue
        if column.field is None:
            kept[column.text.removeprefix(KEPT)] = text
        elif column.field.name in CONSENTS:
            claims.append(column.field.name)
            kept[column.text] = text
        else:
            _take(column, text, found, kept, problems, count, row)
    values: Values = {
        name: tuple(dict.fromkeys(given)) if _many(name) else given[0] for name, given in found.items() if given
    }
    return CaseIn(row, values, kept, tuple(claims))


def _take(
    column: Column, text: str, found: dict[str, list[str]], kept: dict[str, str], problems: list[Problem],
    count: Counter[str], row: int,
) -> None:  # fmt: skip
    assert column.field is not None  # noqa: S101 - for the type checker
    name = column.field.name
    if column.option:
        if text.casefold() in ("1", "true", "yes", "x"):
            found.setdefault(name, []).append(column.option)
        return
    values, sentence = understand(column.field, text)
    found.setdefault(name, []).extend(values)
    if sentence:
        kept[column.text] = text
        count["problems"] += 1
        if len(problems) < LISTED:
            problems.append(Problem(row, column.text, sentence))


def understand(meant: Field, text: str) -> tuple[list[str], str]:
    """The values that a text means for a field, and a sentence where not all of it was understood."""
    if text[:1] == "=":
        return [], "This cell holds a formula. Write the value itself."
    if meant.type == "date":
        day = day_of(text)
        return ([day], "") if day else ([], "This is not a date that can be read. Write it as 2026-11-07.")
    if meant.name.endswith(("Country", "Citizenship")):
        return _each(text, country_of, "a country")
    if meant.name.endswith("Language"):
        return _each(text, language_of, "a language")
    if meant.codes:
        return _codes(meant, text)
    return [text], ""


def _codes(meant: Field, text: str) -> tuple[list[str], str]:
    whole = meant.code_of(text)
    if whole:
        return [whole], ""
    for separator in (r"[;|\n]", r",", r"\s+"):
        parts = [part for part in re.split(separator, text) if part.strip()]
        codes = [meant.code_of(part) for part in parts]
        if len(parts) > 1 and all(codes):
            return [code for code in codes if code], ""
    known = [code for part in re.split(r"[;|\n]", text) if (code := meant.code_of(part))]
    return known, "Part of this is not an answer of the standard's list."


def _each(text: str, of: object, what: str) -> tuple[list[str], str]:
    parts = [part for part in re.split(r"[;|,\n]", text) if part.strip()]
    found = [of(part.strip()) for part in parts]  # type: ignore[operator]
    return [code for code in found if code], "" if all(found) else f"Part of this is not {what} that we know."


def day_of(text: str) -> str:
    """A date as people in the region write it, in ISO form; empty where it is none."""
    match = re.match(r"^(\d{1,2})[./ -]+(\d{1,2})[./ -]+(\d{4})\.?$", text.strip())
    try:
        if match:
            day, month, year = map(int, match.groups())
            return date(year, month, day).isoformat()
        return date.fromisoformat(text.strip()[:10]).isoformat()
    except ValueError:
        return ""


def unescape(text: str) -> str:
    """A value as it was before we wrote an apostrophe in front, so that no spreadsheet runs it."""
    return text[1:] if len(text) > 1 and text[0] == "'" and text[1] in "=+-@'" else text


def _many(name: str) -> bool:
    found = field_named(name)
    return found is not None and found.multiple
