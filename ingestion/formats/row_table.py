"""Objects of a JSON document as rows of a publisher's table, so that JSON and CSV go through the same mapping."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import pyarrow as pa

from ingestion.records import Record, Rejected

_BATCH = 10_000


def cell_text(value: Any) -> str:
    """Return a JSON scalar as a CSV export of the same row would write it; nothing is an empty cell."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def object_tables(
    rows: Sequence[Any], pointer: str, names: Mapping[str, str]
) -> Iterator[tuple[pa.Table, list[Rejected]]]:
    """Yield batches of objects as tables of text with `row_number` and `source_ref`, and the rows that are none.

    Args:
        rows: the array of the document.
        pointer: JSON pointer of the array, such as `/data`.
        names: key of the object to the column name that the mapping expects.
    """
    for begin in range(0, len(rows), _BATCH):
        batch = list(enumerate(rows[begin : begin + _BATCH], start=begin + 1))
        sound = [(number, row) for number, row in batch if _is_flat(row, names)]
        rejected = [_reject(number, pointer, row) for number, row in batch if not _is_flat(row, names)]
        columns: dict[str, pa.Array] = {
            "row_number": pa.array([number for number, _ in sound], pa.int64()),
            "source_ref": pa.array([f"{pointer}/{number - 1}" for number, _ in sound], pa.string()),
        }
        for key, column in names.items():
            columns[column] = pa.array([cell_text(row.get(key)) for _, row in sound], pa.string())
        yield pa.table(columns), rejected


def table_records(table: pa.Table) -> Iterator[Record]:
    """Yield the rows of a mapped table; all columns but `row_number` and `source_ref` are values."""
    for row in table.to_pylist():
        number, place = row.pop("row_number"), row.pop("source_ref")
        yield Record(number, place, row)


def _is_flat(row: Any, names: Mapping[str, str]) -> bool:
    return isinstance(row, dict) and not any(isinstance(row.get(key), dict | list) for key in names)


def _reject(number: int, pointer: str, row: Any) -> Rejected:
    return Rejected(
        number, f"{pointer}/{number - 1}", "not_a_row", "the element is no flat object of names and values",
        "send each row as one object, as the interface of the publisher answers", str(row)[:1000],
    )  # fmt: skip


def converted(
    batch: pa.Table, convert: Callable[[Mapping[str, str | None]], Mapping[str, str | None]], derived: Iterable[str]
) -> pa.Table:
    """Return a batch of text with every row converted; `derived` names the columns that the conversion adds."""
    rows = [convert(row) for row in batch.to_pylist()]
    names = [name for name in dict.fromkeys([*batch.column_names, *derived]) if name != "row_number"]
    return pa.table(
        {"row_number": batch["row_number"]}
        | {name: pa.array([row[name] for row in rows], pa.string()) for name in names}
    )
