"""One delivery from bytes to rows of text, inside the parse child."""

from __future__ import annotations

import json
from contextlib import ExitStack
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pyarrow as pa
from pyarrow import parquet

from ingestion.declarations import Format, Source, declarations
from ingestion.formats.containers import open_container
from ingestion.formats.csv_counter import count_rows
from ingestion.formats.csv_rows import read_batches
from ingestion.formats.csv_text import as_utf8
from ingestion.formats.detect import detect_csv, unknown_format
from ingestion.formats.header import Binding, bind
from ingestion.plain_rows import plain_rows
from ingestion.reader import Reader, reader_of
from ingestion.record_file import rows_file, write_records
from ingestion.records import FileRefused, Rejected

_UNKNOWN = "unknown: "


def parse(job: dict[str, Any], private: Path) -> dict[str, Any]:
    """Parse the file of a job into `private`; return what was found. Raise `FileRefused` for the whole file."""
    source = declarations()[job["source"]]
    reader = reader_of(source.name)
    media, path = open_container(Path(job["path"]), private, {form.media for form in source.formats.values()})
    if media == "csv":
        return _parse_csv(path, source, reader, job["file_name"], job.get("delivery_id", ""), private)
    try:
        return _parse_records(path, media, source, reader, private)
    except (FileRefused, MemoryError, ImportError):
        raise
    except Exception as error:  # a file can break its parser in any way; the file is refused, not the run
        detail = f"{type(error).__name__}: {str(error)[:200]}"
        raise FileRefused(
            "unreadable", f"the {media} file cannot be read ({detail})", "export it again as the publisher describes it"
        ) from error


def _parse_csv(
    path: Path, source: Source, reader: Reader, file_name: str, delivery_id: str, private: Path
) -> dict[str, Any]:
    form = detect_csv(path, source, reader.name_columns)
    if form.wide:
        return _parse_wide(path, form, source, reader, private)
    table = source.tables[form.table]
    layout = None if table.name in reader.snapshots else reader.plain.get(form.name)
    plain = plain_rows(path, layout, form, table, file_name, delivery_id, private)
    if plain is None:
        text = as_utf8(path, form.encodings, private)
        counted = count_rows(text.path, form.delimiter, text.suspect, reader.name_columns)
        batches = read_batches(text.path, form.delimiter, counted, text.suspect)
    else:
        counted, batches = plain.counted, plain.rest
    binding = bind(counted.header, form, table)
    names = [column.name for column in table.columns]
    unknown = binding.unknown
    with ExitStack() as stack:
        writer: parquet.ParquetWriter | None = None
        for batch in batches:
            rows = _declared(batch, binding, form, names, reader, file_name)
            unknown = tuple(name[len(_UNKNOWN) :] for name in rows.column_names if name.startswith(_UNKNOWN))
            if writer is None:
                writer = stack.enter_context(
                    parquet.ParquetWriter(rows_file(private, form), rows.schema, compression="zstd")
                )
            writer.write_table(rows)
    version = reader.file_version(file_name) if reader.file_version else None
    meta = _meta(form, version, counted.rows, counted.rejected, unknown, private)
    return meta | {"sound": plain.sound if plain else 0}


def _declared(
    batch: pa.Table, binding: Binding, form: Format, names: list[str], reader: Reader, file_name: str
) -> pa.Table:
    sent = ["row_number", "source_ref", *binding.columns, *binding.unknown]
    ours = ["row_number", "source_ref", *binding.columns.values(), *(f"{_UNKNOWN}{name}" for name in binding.unknown)]
    table = batch.select(sent).rename_columns(ours)
    if reader.adapt is not None and form.header:
        table = reader.adapt(table, form, file_name)
    for name, value in form.constants.items():
        table = table.append_column(name, pa.array([value] * table.num_rows, pa.string()))
    for name in names:
        if name not in table.column_names:
            table = table.append_column(name, pa.nulls(table.num_rows, pa.string()))
    extra = [name for name in table.column_names if name.startswith(_UNKNOWN)]
    return table.select(["row_number", "source_ref", *names, *extra])


def _parse_records(path: Path, media: str, source: Source, reader: Reader, private: Path) -> dict[str, Any]:
    is_workbook = media == "xlsx"
    recognised = reader.recognise_workbook(path) if is_workbook else reader.recognise_document(path, media)
    if recognised is None:
        raise unknown_format(source)
    form = source.formats[recognised]
    read = reader.read_workbook if is_workbook else reader.read_document
    count = reader.count_workbook if is_workbook else None
    found = write_records(read(path, form), form, source.tables[form.table], reader.version_column, private)
    independent = count(path, form) if count else None
    counted = found.written + len(found.rejected) if independent is None else independent
    return _meta(form, found.version, counted, found.rejected, found.unknown, private)


def _parse_wide(path: Path, form: Format, source: Source, reader: Reader, private: Path) -> dict[str, Any]:
    """Parse a CSV file in which one line holds many rows; lines that cannot be read count as one row each."""
    text = as_utf8(path, form.encodings, private)
    counted = count_rows(text.path, form.delimiter, text.suspect, reader.name_columns)
    batches = read_batches(text.path, form.delimiter, counted, text.suspect)
    lines = (line for batch in batches for line in batch.to_pylist())
    found = write_records(reader.unfold(lines, form), form, source.tables[form.table], reader.version_column, private)
    unread = [replace(row, row_number=found.rows + n) for n, row in enumerate(counted.rejected, start=1)]
    rejected = [*found.rejected, *unread]
    return _meta(form, found.version, found.written + len(rejected), rejected, found.unknown, private)


def _meta(
    form: Format, version: str | None, counted: int, rejected: list[Rejected], unknown: tuple[str, ...], private: Path
) -> dict[str, Any]:
    lines = (json.dumps(asdict(row)) for row in rejected)
    (private / "rejected.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return {
        "format": form.name, "version": version or form.version, "table": form.table, "counted": counted,
        "rejected": len(rejected), "unknown_columns": list(unknown),
    }  # fmt: skip
