"""The public tables as one readable workbook: cover, notes, tables; text stays text and is never run as a formula."""

from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import xlsxwriter

from warehouse.release.companions.about import REVISIONS, WARNING, About, columns, rows
from warehouse.release.tables import Contents

NAME = "benchmarks.xlsx"
WITHHELD = "c"


def write_workbook(connection: duckdb.DuckDBPyConnection, about: About, path: Path) -> None:
    """Write the workbook; the same release gives the same bytes."""
    book = xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": about.title, "created": datetime.combine(about.created, datetime.min.time())})
    bold, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    _cover(book.add_worksheet("About"), about, bold, wrapped)
    for content in about.tables:
        _table(book, content, rows(connection, content), bold)
    _meanings(book.add_worksheet("Columns"), about, bold, wrapped)
    book.close()


def _cover(sheet: Any, about: About, bold: Any, wrapped: Any) -> None:
    facts = [
        ("Title", about.title),
        ("Release", about.version),
        ("Published", about.created.isoformat()),
        ("Release before", about.previous or "none"),
        ("Licence", about.licence or "ask the network before you pass figures on"),
        (f"The sign {WITHHELD}", "not published: withheld, or too few contributors"),
        ("Use with care", WARNING),
        ("Revisions", REVISIONS),
        ("Tables", ", ".join(content.table.name for content in about.tables)),
    ]
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 90)
    for row, (label, text) in enumerate(facts):
        sheet.write_string(row, 0, label, bold)
        sheet.write_string(row, 1, text, wrapped)


def _table(book: Any, content: Contents, found: list[dict[str, Any]], bold: Any) -> None:
    sheet = book.add_worksheet(content.table.name[:31])
    names = list(content.types)
    figures = {column for column, kind in content.types.items() if kind != "VARCHAR"} | {"n_band"}
    for place, column in enumerate(names):
        sheet.write_string(0, place, column, bold)
    for line, row in enumerate(found, start=1):
        for place, column in enumerate(names):
            _cell(sheet, line, place, row[column], column in figures)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(found), 1), len(names) - 1)
    sheet.set_column(0, len(names) - 1, 14)


def _cell(sheet: Any, line: int, place: int, value: Any, is_figure: bool) -> None:
    if value is None:
        sheet.write_string(line, place, WITHHELD if is_figure else "")
    elif isinstance(value, int | float):
        sheet.write_number(line, place, value)
    else:
        sheet.write_string(line, place, str(value))


def _meanings(sheet: Any, about: About, bold: Any, wrapped: Any) -> None:
    for place, (label, width) in enumerate((("table", 22), ("column", 22), ("type", 14), ("meaning", 90))):
        sheet.set_column(place, place, width)
        sheet.write_string(0, place, label, bold)
    lines = [(c.table.name, column, kind) for c in about.tables for column, kind in columns(c)]
    for row, (table, column, kind) in enumerate(lines, start=1):
        for place, text in enumerate((table, column.name, kind.lower(), column.description)):
            sheet.write_string(row, place, text, wrapped)
