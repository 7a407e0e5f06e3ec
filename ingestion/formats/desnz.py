"""The UK Government's conversion factors, as the full set (a report) or the flat file (one table).

In the full set a table begins with a row `Activity … Unit …`, perhaps under a row of groups (`Diesel`, `With RF`) that
reach until the next group; a cell left empty in the first columns repeats the one above; the first row without a unit
ends the table. One record per filled cell of a factor; a cell that is no number is for the typing to refuse.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from ingestion.records import Record, Rejected

_FLAT = ("Scope", "Level 1", "UOM")
_GROUP_LENGTH = 60  # longer texts over a table are remarks


def recognise_desnz(path: Path) -> str | None:
    """Return the format of a workbook: by its flat header, or by a dated sheet with a table of factors."""
    workbook = load_workbook(path, read_only=True, data_only=True)
    try:
        for sheet in workbook:
            rows = [_texts(row) for row in sheet.iter_rows(max_row=60, values_only=True)]
            if any(set(_FLAT) <= set(row) for row in rows):
                return "desnz_flat_xlsx"
            if any("Factor set:" in row for row in rows) and any(_is_header(row) for row in rows):
                return "desnz_full_set_xlsx"
    finally:
        workbook.close()
    return None


def read_desnz(path: Path, name: str) -> Iterator[Record | Rejected]:
    """Yield one record per factor; `source_ref` is its cell."""
    workbook = load_workbook(path, read_only=True, data_only=True)
    numbers = count(1)
    try:
        for sheet in workbook:
            rows = list(sheet.iter_rows(values_only=True))
            found = _flat(rows) if name == "desnz_flat_xlsx" else _full_set(rows)
            for row, column, values in found:
                place = f"{sheet.title}!{get_column_letter(column + 1)}{row + 1}"
                yield Record(next(numbers), place, {"factor_list": "desnz", "category": sheet.title, **values})
    finally:
        workbook.close()


def _full_set(rows: list[tuple[Any, ...]]) -> Iterator[tuple[int, int, dict[str, str | None]]]:
    head = {"scope": _beside(rows, "Scope:"), "year": _beside(rows, "Year:"), "edition": _beside(rows, "Version:")}
    for start, row in enumerate(rows):
        if _is_header(_texts(row)):
            for place, column, values in _table(rows, start):
                # A year in the row says more than the one over the sheet.
                yield place, column, head | values


def _table(rows: list[tuple[Any, ...]], start: int) -> Iterator[tuple[int, int, dict[str, str | None]]]:
    header = _texts(rows[start])
    unit = header.index("Unit")
    factors = [i for i in range(unit + 1, len(header)) if header[i] and header[i] != "Year"]
    groups = _groups(_texts(rows[start - 1]) if start else [], factors)
    said = [""] * unit
    for place in range(start + 1, len(rows)):
        cells = _texts(rows[place])
        if len(cells) <= unit or not cells[unit]:
            return
        said = [cells[i] or said[i] for i in range(unit)]
        years: dict[str, str | None] = {}
        if "Year" in header and cells[header.index("Year")]:
            years = {"year": cells[header.index("Year")]}
        for column in factors:
            if column < len(cells) and cells[column]:
                detail = "; ".join(filter(None, [*said[2:], groups.get(column)]))
                yield place, column, years | {
                    "activity": said[0], "item": said[1] if unit > 1 else None, "detail": detail or None,
                    "unit": cells[unit], "ghg": header[column], "factor": cells[column],
                }  # fmt: skip


def _groups(above: list[str], factors: list[int]) -> dict[int, str]:
    found, current = {}, ""
    for column in factors:
        text = above[column] if column < len(above) else ""
        current = text if text and len(text) <= _GROUP_LENGTH else current
        found[column] = current
    return found


def _flat(rows: list[tuple[Any, ...]]) -> Iterator[tuple[int, int, dict[str, str | None]]]:
    start = next((i for i, row in enumerate(rows) if set(_FLAT) <= set(_texts(row))), None)
    if start is None:
        return
    header = _texts(rows[start])
    factor = next(i for i, name in enumerate(header) if name.startswith("GHG Conversion Factor"))
    for place in range(start + 1, len(rows)):
        row = dict(zip(header, _texts(rows[place]), strict=False))
        if row.get(header[factor]):
            levels = [row.get(name, "") for name in ("Level 3", "Level 4", "Column Text")]
            yield place, factor, {
                "scope": row["Scope"], "activity": row["Level 1"], "item": row.get("Level 2"),
                "detail": "; ".join(filter(None, levels)) or None, "unit": row["UOM"], "ghg": row.get("GHG/Unit"),
                "item_code": row.get("ID"), "factor": row[header[factor]], "year": header[factor][-4:],
            }  # fmt: skip


def _is_header(row: list[str]) -> bool:
    return bool(row) and row[0] == "Activity" and "Unit" in row


def _beside(rows: list[tuple[Any, ...]], label: str) -> str | None:
    for row in rows[:15]:
        cells = _texts(row)
        if label in cells[:-1]:
            return cells[cells.index(label) + 1] or None
    return None


def _texts(row: tuple[Any, ...]) -> list[str]:
    return ["" if cell is None else " ".join(str(cell).split()) for cell in row]
