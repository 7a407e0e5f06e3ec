"""The records of one delivery as Parquet of text, with what nobody declared kept beside them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from ingestion.declarations import Format, Table
from ingestion.records import Record, Rejected

_BATCH = 20_000
_UNDECLARED = "unknown: fields"


@dataclass(frozen=True)
class Found:
    """What a reader yielded: rows written, rows rejected, undeclared names, and the version of the first row."""

    written: int
    rejected: list[Rejected]
    unknown: tuple[str, ...]
    version: str | None

    @property
    def rows(self) -> int:
        """All rows that the reader yielded."""
        return self.written + len(self.rejected)


def rows_file(private: Path, form: Format) -> Path:
    """Return where the rows of a table lie in the folder of the parse child."""
    return private / f"{form.table}.text.parquet"


def write_records(
    rows: Iterator[Record | Rejected], form: Format, table: Table, version_column: str | None, private: Path
) -> Found:
    """Write every record under the declared column names; what else it holds goes into one column as JSON."""
    names = [column.name for column in table.columns]
    rejected: list[Rejected] = []
    records = _records(rows, rejected)
    written, unknown, version = 0, set[str](), None
    fields = [
        pa.field("row_number", pa.int64()),
        *(pa.field(n, pa.string()) for n in ("source_ref", *names, _UNDECLARED)),
    ]
    with parquet.ParquetWriter(rows_file(private, form), pa.schema(fields), compression="zstd") as writer:
        while batch := list(islice(records, _BATCH)):
            version = version or batch[0].values.get(version_column or "")
            unknown |= {name for row in batch for name in row.values if name not in names}
            columns: list[Any] = [[row.row_number for row in batch], [row.source_ref for row in batch]]
            columns += [[row.values.get(name) for row in batch] for name in names]
            columns.append([_undeclared(row, names) for row in batch])
            writer.write_table(
                pa.table([pa.array(c, f.type) for c, f in zip(columns, fields, strict=True)], pa.schema(fields))
            )
            written += len(batch)
    return Found(written, rejected, tuple(sorted(unknown)), version)


def _records(found: Iterator[Record | Rejected], rejected: list[Rejected]) -> Iterator[Record]:
    for row in found:
        if isinstance(row, Rejected):
            rejected.append(row)
        else:
            yield row


def _undeclared(row: Record, names: list[str]) -> str | None:
    extra = {name: value for name, value in row.values.items() if name not in names}
    return json.dumps(extra, ensure_ascii=False) if extra else None
