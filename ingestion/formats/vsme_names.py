"""Where the named ranges of a workbook lie, whichever office program saved it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils.cell import get_column_letter, range_boundaries
from openpyxl.utils.exceptions import CellCoordinatesException
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.workbook.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

NOTHING = (None, "", "-")


@dataclass(frozen=True)
class Area:
    """One rectangle of cells on one sheet."""

    sheet: str
    first_column: int
    first_row: int
    last_column: int
    last_row: int

    @property
    def is_block(self) -> bool:
        """Several rows: the column of a repeated block or a list of choices."""
        return self.last_row > self.first_row

    def shares_rows_with(self, other: Area) -> bool:
        """Same sheet and same rows: an axis names the rows of such a column."""
        return (self.sheet, self.first_row, self.last_row) == (other.sheet, other.first_row, other.last_row)

    def rows(self) -> range:
        """The row numbers of the area."""
        return range(self.first_row, self.last_row + 1)

    def ref(self, row: int | None = None, column: int | None = None) -> str:
        """The place as people write it: Sheet!A1."""
        return f"{self.sheet}!{get_column_letter(column or self.first_column)}{row or self.first_row}"


@dataclass(frozen=True)
class Filled:
    """One cell that holds something."""

    ref: str
    value: object
    number_format: str
    is_error: bool


def _area(target: str) -> Area | None:
    """Read a reference such as 'My sheet'!$A$1:$B$2; None if it points nowhere (#REF!)."""
    sheet, bang, cells = target.strip().removeprefix("=").rpartition("!")
    if not bang or "#" in target:
        return None
    try:
        first_column, first_row, last_column, last_row = range_boundaries(cells.replace("$", ""))
    except (ValueError, TypeError, CellCoordinatesException):
        return None
    if None in (first_column, first_row, last_column, last_row):
        return None
    # Some programs keep a dollar in front of the sheet; quotes stand around names with spaces.
    plain = re.sub(r"^\$?(?:'(.*)'|(.*))$", r"\1\2", sheet).replace("''", "'")
    return Area(plain, int(first_column or 0), int(first_row or 0), int(last_column or 0), int(last_row or 0))


def named_areas(workbook: Workbook) -> tuple[dict[str, Area], list[str]]:
    """All names with their areas, and the names that point nowhere; workbook names win over sheet names."""
    found: dict[str, Area] = {}
    broken: list[str] = []
    local = [item for sheet in workbook.worksheets for item in sheet.defined_names.items()]
    everything: list[tuple[str, DefinedName]] = [*local, *workbook.defined_names.items()]
    for name, defined in everything:
        area = _area(str(defined.value or ""))
        if area is not None and area.sheet in workbook.sheetnames:
            found[name] = area
        else:
            broken.append(name)
    return found, sorted(name for name in set(broken) if name not in found)


def _cells(sheet: Worksheet, area: Area, row: int) -> Iterator[Cell | MergedCell]:
    for column in range(area.first_column, area.last_column + 1):
        yield sheet.cell(row=row, column=column)


def filled(workbook: Workbook, area: Area, row: int | None = None) -> list[Filled]:
    """The cells of one row of an area (its first, if not told) that hold something."""
    sheet = workbook[area.sheet]
    at = row or area.first_row
    cells = []
    for cell in _cells(sheet, area, at):
        value = cell.value.strip() if isinstance(cell.value, str) else cell.value
        if value not in NOTHING:
            ref = area.ref(at, cell.column)
            cells.append(Filled(ref, cell.value, str(cell.number_format), cell.data_type == "e"))
    return cells


def text_of(workbook: Workbook, areas: dict[str, Area], name: str) -> str | None:
    """The text in a named cell, or None if the name is missing or the cell is empty."""
    area = areas.get(name)
    cells = filled(workbook, area) if area is not None else []
    return str(cells[0].value).strip() if cells else None
