"""Any file as one table of texts, or a clear sentence why not. Nothing in a file is ever run."""

import csv
import io
import json
import zipfile
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from opentrm.interchange.fields import field_named
from opentrm.kernel.errors import NotValid

MAX_BYTES, MAX_UNPACKED, MAX_ROWS, MAX_CELL = 20_000_000, 50_000_000, 50_000, 20_000
TEXTS = ("utf-8-sig", "utf-16")


@dataclass(frozen=True)
class Table:
    """``rows`` are (row number in the file, texts). ``formulas`` are (row number, column) of cells that held one."""

    format: str
    columns: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]
    formulas: frozenset[tuple[int, int]] = frozenset()


def table_of(data: bytes) -> Table:
    """Recognise a file by what is in it. Raises NotValid where it is none of CSV, JSON and XLSX."""
    if len(data) > MAX_BYTES:
        raise NotValid("This file is larger than 20 MB. Split it and take it over in parts.")
    if not data.strip():
        raise NotValid("This file is empty.")
    if data[:4] == b"PK\x03\x04":
        return _xlsx(data)
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        raise NotValid("This is an old or locked Excel file. Save it as .xlsx without a password.")
    text = _text(data)
    return _json(text) if text.lstrip()[:1] in ("{", "[") else _csv(text)


def _text(data: bytes) -> str:
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return _decode(data, "utf-16")
    return _decode(data, "utf-8-sig")


def _decode(data: bytes, code: str) -> str:
    try:
        text = data.decode(code)
    except UnicodeDecodeError as fault:
        raise NotValid("This text is not in UTF-8. Save the file as UTF-8 (in Excel: CSV UTF-8).") from fault
    if "\x00" in text:
        raise NotValid("This is not a text file, and not Excel or JSON either.")
    return text


def _csv(text: str) -> Table:
    first = text.split("\n", 1)[0]
    separator = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        lines = [(reader.line_num, tuple(line)) for line in reader]
    except csv.Error as fault:
        raise NotValid("This CSV file is cut off or broken: a quoted value does not end.") from fault
    found = _with_header("csv", lines)
    if found is None:
        raise NotValid("This is not an HTCDS file: fewer than two of its columns are of the standard.")
    return found


def _json(text: str) -> Table:
    try:
        found = json.loads(text)
    except ValueError as fault:
        raise NotValid("This JSON file is cut off or broken.") from fault
    cases = found.get("cases") if isinstance(found, dict) else found
    if not isinstance(cases, list) or not all(isinstance(case, dict) for case in cases):
        raise NotValid("This JSON file holds no list of cases.")
    columns = tuple(dict.fromkeys(name for case in cases for name in case))
    rows = tuple((number, tuple(_said(case.get(name)) for name in columns)) for number, case in enumerate(cases, 1))
    return Table("json", columns, rows)


def _xlsx(data: bytes) -> Table:
    _check_archive(data)
    # A formula's own text is read, never its value: nothing is computed.
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(data), read_only=False, data_only=False, keep_links=False)
    except Exception as fault:
        raise NotValid("This Excel file is cut off or broken.") from fault
    for sheet in book.worksheets:
        lines = [
            (number, tuple(_said(cell) for cell in row))
            for number, row in enumerate(sheet.iter_rows(values_only=True, max_row=MAX_ROWS + 2), 1)
        ]
        found = _with_header("xlsx", lines)
        if found is not None:
            return found
    raise NotValid("No sheet of this Excel file has columns of HTCDS.")


def _check_archive(data: bytes) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.infolist()
            if sum(one.file_size for one in names) > MAX_UNPACKED or len(names) > 5000:
                raise NotValid("This Excel file unpacks to more than 50 MB. It was not opened.")
            if any("vbaProject" in one.filename for one in names):
                raise NotValid("This Excel file has macros in it. Save it as .xlsx without macros.")
            for one in names:
                _check_member(archive, one)
    except zipfile.BadZipFile as fault:
        raise NotValid("This Excel file is cut off or broken.") from fault


def _check_member(archive: zipfile.ZipFile, one: zipfile.ZipInfo) -> None:
    """The declared size may lie: count what really comes out, and look for entities, which only an attack has."""
    with archive.open(one) as part:
        taken, head = 0, b""
        while piece := part.read(65536):
            head = head or piece
            taken += len(piece)
            if taken > MAX_UNPACKED:
                raise NotValid("This Excel file unpacks to more than 50 MB. It was not opened.")
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise NotValid("This Excel file has hidden instructions in it. It was not opened.")


def _with_header(form: str, lines: list[tuple[int, tuple[str, ...]]]) -> Table | None:
    """The last of the first rows that names fields is the header: what people saw counts, not a hidden row.

    None where no row names two fields.
    """
    named = [place for place, (_, cells) in enumerate(lines[:6]) if _knows(cells) >= 2]
    if not named:
        return None
    place = max(named)
    columns = lines[place][1]
    rows = tuple((number, cells) for number, cells in lines[place + 1 :] if any(cell.strip() for cell in cells))
    if len(rows) > MAX_ROWS:
        raise NotValid("This file has more than 50,000 rows. Split it and take it over in parts.")
    width = len(columns)
    fitted = tuple((number, (cells + ("",) * width)[: max(width, len(cells))]) for number, cells in rows)
    return Table(form, columns, fitted)


def _knows(cells: tuple[str, ...]) -> int:
    return sum(field_named(cell) is not None for cell in cells if cell.strip())


def _said(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return ";".join(_said(one) for one in value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)[:MAX_CELL]
