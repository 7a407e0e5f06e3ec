"""Write CSV files, workbooks and JSON whose bytes depend on their content alone."""

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import xlsxwriter

Cell = str | int | float | date | None
Row = Mapping[str, Cell]

LABEL = "synthetic sample, not real data"
CREATED = datetime(2026, 1, 1)


def number(value: float, digits: int = 3) -> str:
    """Write a number without exponent and without trailing zeros."""
    text = f"{value:.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Row], newline: str = "\n") -> Path:
    """Write rows in the order of the columns; a cell that a row does not name stays empty."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator=newline)
        writer.writerow(columns)
        writer.writerows([_text(row.get(column)) for column in columns] for row in rows)
    return path


def write_workbook(path: Path, sheet: str, columns: Sequence[str], rows: Iterable[Row]) -> Path:
    """Write one sheet with a header row; dates become real spreadsheet dates."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"title": LABEL, "author": LABEL, "created": CREATED})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        page = book.add_worksheet(sheet)
        page.write_row(0, 0, columns)
        for line, row in enumerate(rows, start=1):
            for place, column in enumerate(columns):
                cell = row.get(column)
                if isinstance(cell, date):
                    page.write_datetime(line, place, datetime(cell.year, cell.month, cell.day), day)
                elif cell is not None and cell != "":
                    page.write(line, place, cell)
    return path


def write_json(path: Path, document: object) -> Path:
    """Write a document with its fields in their order."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8", newline="\n")
    return path


def _text(cell: Cell) -> str:
    if cell is None:
        return ""
    return cell.isoformat() if isinstance(cell, date) else str(cell)
