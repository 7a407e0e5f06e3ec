"""A list in a workbook whose sheet nobody agreed upon: the sheet and the row that hold all of a format's columns.

Cells become the text that a careful sender would have written; a row with a spreadsheet error is rejected, not guessed.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.cell import get_column_letter

from ingestion.declarations import Format, Table
from ingestion.formats.header import bind, fit
from ingestion.formats.questionnaire import canonical_text
from ingestion.records import FileRefused, Record, Rejected

_SEARCHED_ROWS = 30


def holds_list(path: Path, form: Format, table: Table) -> bool:
    """Return whether any sheet has a row that holds every column of the format."""
    with closing(openpyxl.load_workbook(path, read_only=True, data_only=True)) as workbook:
        return _find(workbook, form, table) is not None


def read_list(path: Path, form: Format, table: Table) -> Iterator[Record | Rejected]:
    """Yield one record per filled row below the header, under the publisher's names of the declaration.

    Raises:
        FileRefused: No sheet has the header, or one column stands twice.
    """
    with closing(openpyxl.load_workbook(path, read_only=True, data_only=True)) as workbook:
        found = _find(workbook, form, table)
        if found is None:
            raise FileRefused("missing_header", "no row of any sheet holds the column names", "keep the header row")
        title, place, header = found
        filled = tuple(name for name in header if name)
        twice = next((name for name in filled if filled.count(name) > 1), None)
        if twice:
            raise FileRefused("duplicate_column", f"sheet {title}: column {twice!r} twice", "name every column once")
        names = bind(filled, form, table).columns
        number = 0
        for line, cells in enumerate(_rows(workbook, title, place + 1), start=place + 1):
            if any(canonical_text(cell.value) for cell in cells):
                number += 1
                yield _row(number, title, line, cells, [names.get(n, f"unknown: {n}" if n else "") for n in header])


def _rows(workbook: Any, title: str, first: int, last: int | None = None) -> Iterator[Sequence[Any]]:
    sheet = workbook[title]
    # Some programs write a wrong extent; without it every row is read as it stands.
    sheet.reset_dimensions()
    yield from sheet.iter_rows(min_row=first, max_row=last)


def _find(workbook: Any, form: Format, table: Table) -> tuple[str, int, list[str]] | None:
    for title in workbook.sheetnames:
        if not hasattr(workbook[title], "iter_rows"):
            continue
        for line, cells in enumerate(_rows(workbook, title, 1, _SEARCHED_ROWS), start=1):
            header = [(canonical_text(cell.value) or "").strip() for cell in cells]
            if any(header) and fit(tuple(n for n in header if n), form, table) == 1:
                return title, line, header
    return None


def _row(number: int, title: str, line: int, cells: Sequence[Any], names: list[str]) -> Record | Rejected:
    values: dict[str, str | None] = {}
    for place, (name, cell) in enumerate(zip(names, cells, strict=False), start=1):
        text = canonical_text(cell.value)
        if cell.data_type == "e" and text != "#N/A":
            ref = f"sheet {title}, cell {get_column_letter(place)}{line}"
            raw = json.dumps([canonical_text(c.value) for c in cells], ensure_ascii=False)
            return Rejected(number, ref, "excel_error", f"the cell holds the error {text}", "correct the cell", raw)
        if name:
            values[name] = text
    return Record(number, f"sheet {title}, row {line}", values)
