"""Rows of Arrow IPC data as text: the file format and the stream format, without numpy or pandas.

Batches are validated before they are touched: offsets of a broken file point outside of its buffers.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import ipc

from ingestion.formats.bounds import refuse

_SLICE = 5_000
_END_OF_STREAM = b"\xff\xff\xff\xff\0\0\0\0"
_MIDNIGHT = " 00:00:00"
_FIX = "write the Arrow IPC file again with one name per column"


def column_names(path: Path) -> tuple[str, ...]:
    """Return the column names; a field of a struct is called `parent.child`. Raises `FileRefused`."""
    with pa.OSFile(str(path)) as file:
        schema = _open(file, path).schema
    names = tuple(name for field in schema for name in _leaves(field.name, field.type))
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise refuse("duplicate_column", f"the schema names {twice[0]!r} more than once", _FIX)
    return names


def read_arrow(path: Path) -> Iterator[dict[str, str | None]]:
    """Yield every row as text by column name; raise `pyarrow.ArrowInvalid` where the data are broken."""
    with pa.OSFile(str(path)) as file:
        reader = _open(file, path)
        for batch in _batches(reader):
            batch.validate(full=True)
            for start in range(0, batch.num_rows, _SLICE):
                part = batch.slice(start, _SLICE)
                columns = dict(
                    leaf for n, c in zip(part.schema.names, part.columns, strict=True) for leaf in _texts(n, c)
                )
                for cells in zip(*columns.values(), strict=True):
                    yield dict(zip(columns, cells, strict=True))


def _open(file: Any, path: Path) -> Any:
    with path.open("rb") as raw:
        is_file = raw.read(6) == b"ARROW1"
        raw.seek(-min(8, path.stat().st_size), 2)
        ends = raw.read() == _END_OF_STREAM
    if is_file:
        return ipc.open_file(file)
    if not ends:
        # Without its end mark a stream that was cut between two batches looks complete.
        raise refuse("cut_off", "the Arrow stream has no end mark", "transfer it again, completely")
    return ipc.open_stream(file)


def _batches(reader: Any) -> Iterator[pa.RecordBatch]:
    if hasattr(reader, "num_record_batches"):
        yield from (reader.get_batch(n) for n in range(reader.num_record_batches))
    else:
        yield from reader


def _leaves(name: str, kind: Any) -> Iterator[str]:
    if pa.types.is_struct(kind):
        for child in kind:
            yield from _leaves(f"{name}.{child.name}", child.type)
    else:
        yield name


def _texts(name: str, values: Any) -> Iterator[tuple[str, list[str | None]]]:
    if pa.types.is_dictionary(values.type):
        values = values.dictionary_decode()
    if pa.types.is_struct(values.type):
        for child, part in zip(values.type, values.flatten(), strict=True):
            yield from _texts(f"{name}.{child.name}", part)
    elif pa.types.is_nested(values.type):
        yield name, [None if value is None else _listed(value) for value in values.to_pylist()]
    else:
        if pa.types.is_timestamp(values.type):
            values = values.cast(pa.timestamp("s"), safe=False)
        yield name, [None if text in (None, "nan") else text.removesuffix(_MIDNIGHT)
                     for text in values.cast(pa.string()).to_pylist()]  # fmt: skip


def _listed(value: Any) -> str:
    if isinstance(value, list) and not any(isinstance(item, dict | list | tuple) for item in value):
        return ", ".join(str(item) for item in value if item is not None)
    return json.dumps(value, ensure_ascii=False, default=str)
