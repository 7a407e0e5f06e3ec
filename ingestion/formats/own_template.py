"""Our own templates as workbooks: one sheet per delivery, named like its table, its header found by the column names.

A sender may rename the sheet; then any sheet that holds every required column is read. Two filled tables in one file
are refused, because one of them would be lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import openpyxl

from ingestion.declarations import Format, Source, declarations
from ingestion.formats.listed_sheet import holds_list, read_list
from ingestion.formats.questionnaire import count_filled_rows, has_sheet, read_sheet
from ingestion.reader import Reader, RowRule
from ingestion.records import FileRefused, Record, Rejected


def template_reader(source: str, *rules: RowRule) -> Reader:
    """Return the reader of a source that arrives in our own columns only, as CSV or as workbook."""
    return Reader(
        recognise_workbook=partial(recognise, source),
        read_workbook=partial(read, source),
        count_workbook=partial(count, source),
        rules=rules,
    )


def recognise(source: str, path: Path) -> str | None:
    """Return the format whose sheet or columns the workbook has; raise `FileRefused` if it fills several tables."""
    declared = declarations()[source]
    forms = [form for form in declared.formats.values() if form.media == "xlsx" and form.sheet]
    with closing(openpyxl.load_workbook(path, read_only=True)) as workbook:
        named = [form for form in forms if form.sheet in workbook.sheetnames]
    if len(named) > 1:
        raise FileRefused(
            "several_tables",
            f"the workbook has the sheets {', '.join(str(form.sheet) for form in named)}",
            "send one workbook per sheet",
        )
    if named:
        return named[0].name
    return next((form.name for form in forms if holds_list(path, form, declared.tables[form.table])), None)


def read(source: str, path: Path, form: Format) -> Iterator[Record | Rejected]:
    """Yield the rows of the sheet of a format."""
    table = _declared(source).tables[form.table]
    return read_sheet(path, form, table) if has_sheet(path, str(form.sheet)) else read_list(path, form, table)


def count(source: str, path: Path, form: Format) -> int | None:
    """Count the filled rows without the reader; unknown if the sheet was renamed."""
    if not has_sheet(path, str(form.sheet)):
        return None
    return count_filled_rows(path, form, _declared(source).tables[form.table])


def _declared(source: str) -> Source:
    return declarations()[source]
