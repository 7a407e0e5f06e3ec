"""The register of companies with science-based targets, as the initiative publishes it.

Arrives as one workbook of the whole register, downloaded about once a year. Odd: four layouts so far.
2020, 2022 and 2025 hold one row per company, 2023 one row per target or commitment; dates, years,
shares and states are spelled in several ways within one file; the state is often empty, and stays so.
A target value that is no share (a temperature, a number of suppliers) stays in the wording only.
"""

from __future__ import annotations

import json
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook
from openpyxl.utils.cell import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.workbook.workbook import Workbook

from ingestion.formats.sbti_layouts import LAYOUTS, columns_of, layout_of_headers
from ingestion.formats.sbti_values import Unreadable, canonical, first_year, text
from ingestion.records import FileRefused, Record, Rejected

COLUMNS = ("sbti_id", *sorted({column for mapping in LAYOUTS.values() for column in mapping.values()} - {"sbti_id"}))
UNREADABLE = (zipfile.BadZipFile, InvalidFileException, KeyError, ValueError, ParseError, OSError)
HEADER_ROWS = 10


@dataclass(frozen=True)
class Header:
    """Where the register starts: sheet, row of the headers, and the headers."""

    sheet: str
    row: int
    headers: list[object]
    layout: str


@contextmanager
def _opened(path: Path) -> Iterator[Workbook]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        workbook = load_workbook(path, read_only=True, data_only=True)
    try:
        yield workbook
    finally:
        workbook.close()


def _rows(workbook: Workbook, sheet: str, first: int, last: int | None = None) -> Iterator[Sequence[Any]]:
    worksheet: Any = workbook[sheet]
    # Some programs write a wrong extent; without it every row is read as it stands.
    worksheet.reset_dimensions()
    yield from worksheet.iter_rows(min_row=first, max_row=last)


def _header(workbook: Workbook) -> Header | None:
    for sheet in workbook.sheetnames:
        if not hasattr(workbook[sheet], "iter_rows"):
            continue
        for number, row in enumerate(_rows(workbook, sheet, 1, HEADER_ROWS), start=1):
            headers = [cell.value for cell in row]
            layout = layout_of_headers(headers)
            if layout is not None:
                return Header(sheet, number, headers, layout)
    return None


def layout_of(path: Path) -> str | None:
    """'2020', '2022', '2023' or '2025' by the names of the headers; None if it is no target register."""
    try:
        with _opened(path) as workbook:
            header = _header(workbook)
    except UNREADABLE:
        return None
    return header.layout if header else None


def _needed(workbook: Workbook, path: Path, layout: str | None) -> Header:
    header = _header(workbook)
    if header is None or layout not in (None, header.layout):
        message = f"{path.name} does not have the headers of the target register of {layout or 'any year'}"
        fix = "send the workbook as the initiative publishes it"
        raise FileRefused("layout_unknown", message, fix)
    return header


def unmapped_columns(path: Path, layout: str | None) -> list[str]:
    """The headers of the file that fill no column, to be told to the sender."""
    with _opened(path) as workbook:
        header = _needed(workbook, path, layout)
        return columns_of(header.layout, header.headers)[1]


def read_sbti(path: Path, layout: str | None) -> Iterator[Record | Rejected]:
    """One record per row of the register; a row with a cell that cannot be read is rejected."""
    try:
        with _opened(path) as workbook:
            header = _needed(workbook, path, layout)
            places, _ = columns_of(header.layout, header.headers)
            rows = _rows(workbook, header.sheet, header.row + 1)
            for number, row in enumerate(rows, start=header.row + 1):
                if any(text(cell.value) is not None for cell in row):
                    yield _record(header.sheet, number, row, places)
    except UNREADABLE as error:
        message = f"{path.name} cannot be read as a workbook: {error}"
        raise FileRefused("unreadable_workbook", message, "save it as .xlsx and send it again") from error


def _record(sheet: str, number: int, row: Sequence[Any], places: dict[int, str]) -> Record | Rejected:
    values: dict[str, str | None] = dict.fromkeys((*COLUMNS, "target_year"))
    for place, column in places.items():
        cell = row[place] if place < len(row) else None
        if cell is None or cell.value is None:
            continue
        ref = f"{sheet}!{get_column_letter(place + 1)}{number}"
        if cell.data_type == "e" and text(cell.value) is not None:
            message = f"{column} holds the spreadsheet error {cell.value}"
            return Rejected(number, ref, "excel_error", message, f"correct {ref}", _raw(row))
        try:
            values[column] = canonical(column, cell.value)
        except Unreadable as reason:
            message = f"{column} holds {str(cell.value)[:40]!r}, {reason}"
            return Rejected(number, ref, reason.code, message, f"correct {ref}", _raw(row))
    values["target_year"] = first_year(values["target_years"])
    return Record(number, f"{sheet}!A{number}", values)


def _raw(row: Sequence[Any]) -> str:
    cells = {str(cell.coordinate): str(cell.value) for cell in row if cell.value is not None}
    return json.dumps(cells, ensure_ascii=False)
