"""An independent count of the rows of a CSV file: Python's strict tokenizer, not the engine that loads them.

A loader that loses rows without a word (DuckDB on an unclosed quote: 5 of 30 rows) is found out here.
"""

from __future__ import annotations

import csv
import json
from array import array
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ingestion.formats.csv_text import CELL_LIMIT, LINE_LIMIT, REPLACED
from ingestion.formats.header import same_name
from ingestion.records import FileRefused, Rejected

COLUMN_LIMIT = 2000
_OURS = ("row_number", "source_ref")
Naming = Callable[[tuple[str, ...]], tuple[str, ...]]
_QUOTE_FIX = "close every quote and write a quote inside a cell twice"


@dataclass
class Counted:
    """The header as sent and as named, the rows under it, those that cannot be used, and the line where each starts."""

    sent_header: tuple[str, ...]
    header: tuple[str, ...]
    rows: int = 0
    ragged: dict[int, Rejected] = field(default_factory=dict)
    unusable: dict[int, Rejected] = field(default_factory=dict)
    # Empty while row n stands on line n + 1; filled from the first row that does not.
    starts: array[int] = field(default_factory=lambda: array("q"))

    def line(self, row: int) -> int:
        """Return the line on which a row starts."""
        return self.starts[row - 1] if self.starts else row + 1

    @property
    def rejected(self) -> list[Rejected]:
        """All rows that cannot be used, in order."""
        return sorted([*self.ragged.values(), *self.unusable.values()], key=lambda r: r.row_number)


def count_rows(path: Path, delimiter: str, suspect: bool, named: Naming | None = None) -> Counted:
    """Tokenize the whole file strictly; raise `FileRefused` naming the line where it breaks."""
    csv.field_size_limit(LINE_LIMIT)
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.reader(file, delimiter=delimiter, strict=True)
        begun = 0
        try:
            counted = Counted(*read_header(reader, named))
            begun = reader.line_num
            for row in reader:
                if row:
                    _take(counted, row, begun + 1, suspect)
                begun = reader.line_num
        except csv.Error as error:
            raise FileRefused(
                "broken_quoting",
                f"the row that starts on line {begun + 1} cannot be read: {error}",
                _QUOTE_FIX,
                begun + 1,
            ) from error
    return counted


def read_header(reader: Iterator[list[str]], named: Naming | None = None) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the column names as sent and as the source names them; raise `FileRefused` for none, too many or twins."""
    names = next((row for row in reader if row), None)
    if names is None:
        raise FileRefused("empty_file", "the file has no header", "send the file with its header and rows")
    if len(names) > COLUMN_LIMIT:
        raise FileRefused(
            "too_many_columns", f"the header has {len(names)} columns", f"send at most {COLUMN_LIMIT} columns"
        )
    if any(REPLACED in name for name in names):
        raise FileRefused("wrong_encoding", "the header is not in the agreed encoding", "save the file as CSV in UTF-8")
    # A column that is called like one of ours keeps apart from it.
    given = tuple(f"sent {name}" if name in _OURS else name for name in map(str.strip, names))
    given = named(given) if named else given
    plain = [same_name(name) for name in given]
    twice = sorted({name for name in plain if plain.count(name) > 1})
    if twice:
        raise FileRefused(
            "duplicate_column", f"the header names {twice[0]!r} more than once", "give every column a name of its own"
        )
    return tuple(names), given


def _take(counted: Counted, row: list[str], line: int, suspect: bool) -> None:
    counted.rows += 1
    number, width = counted.rows, len(counted.header)
    if counted.starts or line != number + 1:
        if not counted.starts:
            counted.starts.extend(range(2, number + 1))
        counted.starts.append(line)
    if len(row) != width:
        counted.ragged[number] = _reject(
            number,
            line,
            row,
            "ragged_row",
            f"{len(row)} cells under {width} columns",
            "quote cells that hold the delimiter; one cell per column",
        )
    elif suspect and any(REPLACED in cell for cell in row):
        counted.unusable[number] = _reject(
            number,
            line,
            row,
            "undecodable",
            "the row holds bytes that are no UTF-8 text",
            "save the file as CSV in UTF-8",
        )
    elif suspect and any(len(cell) > CELL_LIMIT for cell in row):
        counted.unusable[number] = _reject(
            number, line, row, "cell_too_long", f"a cell holds more than {CELL_LIMIT} characters", "shorten the cell"
        )


def _reject(number: int, line: int, row: list[Any], code: str, message: str, fix: str) -> Rejected:
    raw = [cell[:200].replace(REPLACED, "?") for cell in row[:50]]
    return Rejected(number, f"line {line}", code, f"line {line}: {message}", fix, json.dumps(raw, ensure_ascii=False))
