"""Palm oil mills with their group and RSPO status, and the brands' own lists of mills.

Arrives as Arrow (file or stream) or CSV, now and then, and as the workbook that says where each list came from. Odd:
latitude and longitude are rounded, the precise ones stand in one text cell; the links repeat whole rows; the workbook
has a title and a legend above its table, and "???" means that the list was found but its link is lost.
"""

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from ingestion.declarations import Format, declarations
from ingestion.formats.named_rows import best_form, bound
from ingestion.reader import Reader, RowRule
from ingestion.records import Record, Rejected

_PLACE = re.compile(r"\s*([+-]?\d{1,2}(?:\.\d+)?)\s*[,;]\s*([+-]?\d{1,3}(?:\.\d+)?)\s*")
_PERIOD = re.compile(r"(\d{4})(?:\.0)?\s*(?:[Hh]([12]))?")
_LOST = "???"
_HEADER_WITHIN = 40


def _recognise_document(path: Path, _media: str) -> str | None:
    from ingestion.formats.arrow_rows import column_names

    form = best_form(column_names(path), declarations()["mill_register"], "arrow")
    return form.name if form else None


def read_document(path: Path, form: Format) -> Iterator[Record | Rejected]:
    """Yield the rows of an Arrow file or stream."""
    from ingestion.formats.arrow_rows import column_names, read_arrow

    rows = ((n, f"row {n}", cells) for n, cells in enumerate(read_arrow(path), start=1))
    for record in bound(rows, column_names(path), form, declarations()["mill_register"]):
        place = _PLACE.fullmatch(record.values.get("gps_coordinates") or "")
        if place:
            record.values["latitude"], record.values["longitude"] = place.groups()
        yield record


def _recognise_workbook(path: Path) -> str | None:
    return "disclosures_xlsx" if _table(path) else None


def _table(path: Path) -> tuple[str, int, tuple[str, ...], list[list[str | None]]] | None:
    """Return sheet, row of the header, column names and all rows under it."""
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True, data_only=True)
    try:
        for sheet in book.worksheets:
            sheet.reset_dimensions()
            rows = [[_text(value) for value in row] for row in sheet.iter_rows(values_only=True)]
            for number, row in enumerate(rows[:_HEADER_WITHIN], start=1):
                names = tuple(name or f"(column {n})" for n, name in enumerate(row, start=1))
                if best_form(names, declarations()["mill_register"], "xlsx"):
                    return sheet.title, number, names, rows[number:]
    finally:
        book.close()
    return None


def _text(value: object) -> str | None:
    if isinstance(value, datetime):
        value = value.date()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return None if value is None else str(value).strip() or None


def read_workbook(path: Path, form: Format) -> Iterator[Record | Rejected]:
    """Yield the rows under the header; a list whose link is lost is a list all the same."""
    found = _table(path)
    assert found is not None
    sheet, header, names, rows = found
    places = (
        (n, f"{sheet}, row {n}", dict(zip(names, row, strict=False)))
        for n, row in enumerate(rows, start=header + 1) if any(row)
    )  # fmt: skip
    kept = tuple(name for name in names if not name.startswith("(column "))
    for record in bound(places, kept, form, declarations()["mill_register"]):
        yield _disclosure(record)


def _disclosure(record: Record) -> Record:
    values = record.values
    period = _PERIOD.fullmatch(values.get("lists_as_of") or "")
    if period:
        values["report_year"], values["report_half"] = period.groups()
    lost = _LOST in (values.get("link"), values.get("link_checked_date"))
    values["link_state"] = "lost" if lost else "linked" if values.get("link") else "unlinked"
    if values.get("link_checked_date") == _LOST:
        values["link_checked_date"] = None
    return record


READER = Reader(
    recognise_workbook=_recognise_workbook,
    read_workbook=read_workbook,
    recognise_document=_recognise_document,
    read_document=read_document,
    rules=(
        RowRule(
            "mills", "state_contradicts_value", "rspo_type", "rspo_status = 'not_certified' and rspo_type is not null",
            "a mill that is not certified names a type of certification", "correct RSPO status or type",
        ),
        RowRule(
            "mills", "out_of_range", "latitude", "(latitude is null) <> (longitude is null)",
            "only one of the two coordinates is there", "send both coordinates or none",
        ),
    ),
)  # fmt: skip
