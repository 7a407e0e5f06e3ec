"""A template as workbook: the sheet of the delivery, examples, and a page that explains every column."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

import xlsxwriter

from console.template_content import EXPLAINED, Cell, codes, example_rows, explained
from ingestion.declarations import Table

_LISTED = 255  # longest list that a spreadsheet offers for choice
_ROWS = 10_000  # rows that offer it
_WIDTHS = (24, 10, 70, 32, 22, 60)


def write_workbook(path: Path, sheet: str, table: Table, rows: Sequence[Sequence[Cell]]) -> Path:
    """Write the sheet of the delivery with `rows` in the order of the columns, then explanation and examples."""
    with xlsxwriter.Workbook(str(path)) as book:
        filled = _rows(book, sheet, table, rows)
        _offer_choices(filled, table)
        _explain(book, table)
        _rows(book, "examples", table, example_rows(table))
    return path


def _rows(
    book: xlsxwriter.Workbook, title: str, table: Table, rows: Sequence[Sequence[Cell]]
) -> xlsxwriter.worksheet.Worksheet:
    page = book.add_worksheet(title)
    page.write_row(0, 0, [column.name for column in table.columns], book.add_format({"bold": True}))
    page.freeze_panes(1, 0)
    page.set_column(0, len(table.columns) - 1, 20)
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for line, row in enumerate(rows, start=1):
        for place, cell in enumerate(row):
            if isinstance(cell, date):
                page.write_datetime(line, place, datetime(cell.year, cell.month, cell.day), day)
            elif isinstance(cell, str):
                page.write_string(line, place, cell)
            elif cell is not None:
                page.write(line, place, cell)
    return page


def _offer_choices(page: xlsxwriter.worksheet.Worksheet, table: Table) -> None:
    for place, column in enumerate(table.columns):
        words = ["true", "false"] if column.type == "boolean" else list(codes(column))
        if words and len(",".join(words)) <= _LISTED:
            choice = {"validate": "list", "source": words, "error_type": "warning"}
            page.data_validation(1, place, _ROWS, place, choice)


def _explain(book: xlsxwriter.Workbook, table: Table) -> None:
    page = book.add_worksheet("explanation")
    page.write_row(0, 0, EXPLAINED, book.add_format({"bold": True}))
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    for line, words in enumerate(explained(table), start=1):
        page.write_row(line, 0, words, wrapped)
    for place, width in enumerate(_WIDTHS):
        page.set_column(place, place, width)
