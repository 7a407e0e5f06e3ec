"""Typed rows written as one Parquet file in the shape of a landed table, batch by batch."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import parquet

from ingestion.declarations import Table
from ingestion.typing_job import landed_columns

MARK = "is_sound"
_TYPES = {
    "VARCHAR": pa.string(), "BIGINT": pa.int64(), "DECIMAL(28,9)": pa.decimal128(28, 9), "DATE": pa.date32(),
    "BOOLEAN": pa.bool_(),
}  # fmt: skip
_PLACES = {"row_number": "DELTA_BINARY_PACKED", "source_ref": "DELTA_BYTE_ARRAY"}  # each differs by one from the last


class LandedFile:
    """A file that is open for writing; columns that a batch lacks are constants or NULL."""

    def __init__(self, path: Path, table: Table, constants: Mapping[str, str]) -> None:
        """Open the file; `constants` are the texts of columns that say the same in every row."""
        places = {"delivery_id": "VARCHAR", "row_number": "BIGINT", "source_ref": "VARCHAR"}
        kinds = dict(landed_columns(table)) | places
        self._constants = dict(constants)
        words = pa.dictionary(pa.int32(), pa.string())
        self._schema = pa.schema([(n, words if n in constants else _TYPES[kind]) for n, kind in kinds.items()])
        repeating = [name for name, kind in kinds.items() if not kind.startswith("DECIMAL") and name not in _PLACES]
        # Without our schema beside it a reader sees plain text, not how it was written.
        self._writer = parquet.ParquetWriter(
            path, self._schema, compression="snappy", use_dictionary=repeating, column_encoding=_PLACES,
            store_schema=False,
        )  # fmt: skip

    def write(self, batch: pa.RecordBatch) -> int:
        """Write the rows that `is_sound` marks; return how many."""
        table = pa.Table.from_batches([batch])
        if not pc.all(table[MARK]).as_py():
            table = table.filter(table[MARK])
        self._writer.write_table(pa.table([self._column(table, field) for field in self._schema], self._schema))
        return int(table.num_rows)

    def _column(self, table: pa.Table, field: pa.Field) -> pa.Array:
        if field.name in self._constants:
            zeros = pa.Array.from_buffers(pa.int32(), table.num_rows, [None, pa.py_buffer(bytes(4 * table.num_rows))])
            return pa.DictionaryArray.from_arrays(zeros, pa.array([self._constants[field.name]]))
        if field.name not in table.column_names:
            return pa.nulls(table.num_rows, field.type)
        return table[field.name]

    def __enter__(self) -> LandedFile:
        """Keep the file open."""
        return self

    def __exit__(
        self, _kind: type[BaseException] | None, _error: BaseException | None, _at: TracebackType | None
    ) -> None:
        """Close the file."""
        self._writer.close()
