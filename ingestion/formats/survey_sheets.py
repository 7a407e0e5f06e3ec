"""KoboToolbox's workbook: submissions on the first sheet, each repeat group on a sheet of its own, linked by index."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import openpyxl

from ingestion.formats.questionnaire import canonical_text
from ingestion.formats.survey_cells import Instance, Known, flat_instances

_OWN = {"_uuid", "_submission_time"}
_CHILD = {"_parent_index", "_parent_table_name"}


def is_kobo_workbook(path: Path) -> bool:
    """Return whether any sheet has the columns that KoboToolbox adds to submissions."""
    with closing(openpyxl.load_workbook(path, read_only=True, data_only=True)) as book:
        return any(set(_header(book[title])) >= _OWN for title in book.sheetnames if hasattr(book[title], "iter_rows"))


def column_names(path: Path) -> list[str]:
    """Return the column names of all sheets."""
    with closing(openpyxl.load_workbook(path, read_only=True, data_only=True)) as book:
        return [name for title in book.sheetnames if hasattr(book[title], "iter_rows") for name in _header(book[title])]


def read_kobo_workbook(path: Path, known: Known) -> Iterator[Instance]:
    """Yield the repeats with what their submission said, and submissions that hold answers of their own."""
    with closing(openpyxl.load_workbook(path, read_only=True, data_only=True)) as book:
        headers = {t: _header(book[t]) for t in book.sheetnames if hasattr(book[t], "iter_rows")}
        parents: dict[tuple[str, str], Instance] = {}
        with_children = {title for title, header in headers.items() if set(header) >= _CHILD}
        for title, header in headers.items():
            if not set(header) >= _OWN and title not in with_children:
                continue
            for line, cells in enumerate(book[title].iter_rows(min_row=2, values_only=True), start=2):
                row = {n: canonical_text(cell) for n, cell in zip(header, cells, strict=False) if n}
                if not any(row.values()):
                    continue
                for instance in flat_instances(f"sheet {title}, row {line}", row, known):
                    _inherit(instance, parents, known)
                    parents[title, str(row.get("_index"))] = instance
                    if title in with_children or not with_children or set(instance.cells) - set(known.shared):
                        yield instance


def _inherit(instance: Instance, parents: dict[tuple[str, str], Instance], known: Known) -> None:
    # Sheet names end after 31 characters, the name of the parent table does not.
    above = (instance.system.get("_parent_table_name", "")[:31], instance.system.get("_parent_index", ""))
    parent = parents.get(above)
    if parent is not None:
        instance.cells = {name: parent.cells[name] for name in known.shared if name in parent.cells} | instance.cells
        instance.system = parent.system | instance.system


def _header(sheet: object) -> list[str]:
    rows = sheet.iter_rows(max_row=1, values_only=True)  # type: ignore[attr-defined]
    return [(canonical_text(cell) or "").strip() for cell in next(rows, ())]
