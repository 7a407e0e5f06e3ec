"""The rows of a CSV file as batches of text, loaded set-based and compared with the independent count."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv

from ingestion.formats.csv_counter import Counted
from ingestion.formats.csv_text import LINE_LIMIT
from ingestion.records import FileRefused

_BLOCK = 8 << 20
_FIX = "write the file with one CSV writer, then send it again"


def read_batches(path: Path, delimiter: str, counted: Counted, suspect: bool) -> Iterator[pa.Table]:
    """Yield every usable row as text with `row_number` and `source_ref`; raise `FileRefused` if the counts differ."""
    ragged: list[int] = []

    def skip(row: arrow_csv.InvalidRow) -> str:
        ragged.append(row.actual_columns)
        return "skip"

    numbers = _usable_numbers(counted)
    seen = 0
    if counted.rows > len(counted.ragged):
        for batch in _open(path, delimiter, counted, suspect, skip):
            table = pa.table(batch.columns, names=list(counted.header))
            yield _numbered(table, seen, numbers, counted)
            seen += table.num_rows
    if seen != counted.rows - len(counted.ragged) or (seen and len(ragged) != len(counted.ragged)):
        raise FileRefused(
            "row_count_mismatch",
            f"the loader found {seen} rows and {len(ragged)} ragged ones, "
            f"the independent count {counted.rows} rows of which {len(counted.ragged)} ragged",
            _FIX,
        )


def _open(path: Path, delimiter: str, counted: Counted, suspect: bool, skip: object) -> Iterator[pa.RecordBatch]:
    # Without threads: the order of rows is the order of lines. The longest row must fit into one block.
    reading = arrow_csv.ReadOptions(use_threads=False, block_size=2 * LINE_LIMIT if suspect else _BLOCK)
    parsing = arrow_csv.ParseOptions(delimiter=delimiter, newlines_in_values=True, invalid_row_handler=skip)
    text = arrow_csv.ConvertOptions(
        column_types={name: pa.string() for name in counted.sent_header}, null_values=[], strings_can_be_null=False
    )
    try:
        reader = arrow_csv.open_csv(path, reading, parsing, text)
        if tuple(reader.schema.names) != counted.sent_header:
            raise FileRefused(
                "row_count_mismatch", "the loader reads another header than the independent tokenizer", _FIX
            )
        yield from reader
    except pa.ArrowInvalid as error:
        raise FileRefused("unreadable", f"the loader cannot read the file: {str(error)[:200]}", _FIX) from error


def _usable_numbers(counted: Counted) -> array[int] | None:
    """Return the row numbers that the loader will show, or nothing if it shows all of them."""
    if not counted.ragged:
        return None
    return array("q", (n for n in range(1, counted.rows + 1) if n not in counted.ragged))


def _numbered(table: pa.Table, seen: int, numbers: array[int] | None, counted: Counted) -> pa.Table:
    end = seen + table.num_rows
    rows = pa.array(range(seen + 1, end + 1) if numbers is None else numbers[seen:end], pa.int64())
    starts = pa.array(counted.starts, pa.int64())
    lines = pc.take(starts, pc.subtract(rows, 1)) if counted.starts else pc.add(rows, 1)
    places = pc.binary_join_element_wise("line ", pc.cast(lines, pa.string()), "")
    table = table.add_column(0, "source_ref", places).add_column(0, "row_number", rows)
    if counted.unusable:
        bad = pa.array(sorted(counted.unusable), pa.int64())
        table = table.filter(pc.invert(pc.is_in(rows, value_set=bad)))
    return table
