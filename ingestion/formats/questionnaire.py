"""The network's own questionnaire as a workbook: one named sheet, its header row found by the column names.

A cell that is a real date or number becomes its canonical text; what a sender typed as text stays text.
"""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import iterparse

import openpyxl

from ingestion.declarations import Format, Table
from ingestion.formats.header import bind, fit
from ingestion.records import FileRefused, Record

_SEARCHED_ROWS = 30
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def has_sheet(path: Path, sheet: str) -> bool:
    """Return whether the workbook has a sheet of this name."""
    workbook = openpyxl.load_workbook(path, read_only=True)
    try:
        return sheet in workbook.sheetnames
    finally:
        workbook.close()


def read_sheet(path: Path, form: Format, table: Table) -> Iterator[Record]:
    """Yield one record per filled row below the header; raise `FileRefused` if no row is the header."""
    workbook = openpyxl.load_workbook(path, read_only=True, data_only=True)
    try:
        sheet = _sheet(workbook, form)
        place, header = _find_header(sheet, form, table)
        names = bind(tuple(h for h in header if h), form, table).columns
        number = 0
        for line, cells in enumerate(sheet.iter_rows(min_row=place + 1, values_only=True), start=place + 1):
            if all(cell is None for cell in cells):
                continue
            number += 1
            sent = zip(header, cells, strict=False)
            values = {names.get(name, f"unknown: {name}"): canonical_text(cell) for name, cell in sent if name}
            yield Record(number, f"{form.sheet}!A{line}", values)
    finally:
        workbook.close()


def count_filled_rows(path: Path, form: Format, table: Table) -> int:
    """Count the rows below the header that hold any value, from the XML and without the reader."""
    workbook = openpyxl.load_workbook(path, read_only=True)
    try:
        sheet = _sheet(workbook, form)
        place, member = _find_header(sheet, form, table)[0], sheet._worksheet_path
    finally:
        workbook.close()
    filled = 0
    with zipfile.ZipFile(path) as archive, archive.open(member) as stream:
        for _, row in iterparse(stream):  # noqa: S314
            if row.tag == f"{_MAIN}row":
                values = any(e.tag in (f"{_MAIN}v", f"{_MAIN}is") for e in row.iter())
                filled += values and int(row.get("r", "0")) > place
                row.clear()
    return filled


def canonical_text(cell: object) -> str | None:
    """Return a cell as the text that a careful sender would have written."""
    if cell is None:
        return None
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(sep=" ")
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if isinstance(cell, float):
        # Fifteen digits are what a spreadsheet keeps; more would show the binary rest (0.1 + 0.2).
        return format(Decimal(format(cell, ".15g")), "f")
    return str(cell)


def _sheet(workbook: openpyxl.Workbook, form: Format) -> Any:
    # The stubs know the sheets of a workbook that is open for writing, not those of one opened read-only.
    return workbook[str(form.sheet)]


def _find_header(sheet: Any, form: Format, table: Table) -> tuple[int, list[str]]:
    best, place, found = 0.0, 0, [""]
    for line, cells in enumerate(sheet.iter_rows(max_row=_SEARCHED_ROWS, values_only=True), start=1):
        header = [str(cell).strip() if cell is not None else "" for cell in cells]
        share = fit(tuple(h for h in header if h), form, table)
        if share > best:
            best, place, found = share, line, header
    if best < 0.5:
        raise FileRefused(
            "missing_header",
            f"sheet {form.sheet}: no row holds the column names",
            "keep the header row of the questionnaire",
        )
    twice = sorted({h for h in found if h and found.count(h) > 1})
    if twice:
        raise FileRefused(
            "duplicate_column", f"sheet {form.sheet}: column {twice[0]!r} twice", "give every column a name of its own"
        )
    return place, found
