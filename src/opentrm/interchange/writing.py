"""Writing HTCDS with the standard's own names; what we write reads again identically."""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import Literal

from opentrm.interchange.fields import fields
from opentrm.interchange.reading import KEPT, CaseIn, Values

Format = Literal["csv", "json", "xlsx"]


def write_htcds(cases: Iterable[CaseIn], form: Format) -> bytes:
    """Cases as a file. Values that a spreadsheet would run stand behind an apostrophe."""
    given = list(cases)
    if form == "json":
        return json.dumps({"standard": "HTCDS 2.0", "cases": [_plain(case) for case in given]}, ensure_ascii=False,
                          indent=1).encode()  # fmt: skip
    columns = _columns(given)
    rows = [[_cell(_plain(case).get(name, "")) for name in columns] for case in given]
    return _csv(columns, rows) if form == "csv" else _xlsx(columns, rows)


def _columns(cases: list[CaseIn]) -> list[str]:
    used = {name for case in cases for name in case.fields}
    kept = dict.fromkeys(f"{KEPT}{column}" for case in cases for column in case.kept)
    standard = [name for name in fields() if name in used]
    # Two columns of the standard are always there, so that an empty export is still a file of HTCDS.
    return [*(standard if len(standard) > 1 else ["prs_FirstName", "prs_SecondName", *standard]), *kept]


def _plain(case: CaseIn) -> dict[str, str | list[str]]:
    values: Values = case.fields
    said = {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}
    return {**said, **{f"{KEPT}{column}": text for column, text in case.kept.items()}}


def _cell(value: str | Sequence[str]) -> str:
    text = value if isinstance(value, str) else ";".join(value)
    return f"'{text}" if text[:1] and text[0] in "=+-@'" else text


def _csv(columns: list[str], rows: list[list[str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def _xlsx(columns: list[str], rows: list[list[str]]) -> bytes:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("HTCDS")
    for row in (columns, *rows):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
