"""The short way through the parse child: rows that are sound at first sight become typed rows in one pass.

Reading text carefully costs twenty times as much as loading it. Where a file is plain (`plain_text`), a source may say
by which cheap test a row is sound beyond doubt, and what its cells then are. Those rows are written as they will land;
every other row goes the careful way, one by one, and nothing differs but the time. The parent judges what was written
here by the declared rules once more (`sound_rows`), and goes the careful way if it does not agree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from ingestion.column_sql import quoted
from ingestion.declarations import Format, Table
from ingestion.formats.csv_counter import Counted
from ingestion.formats.csv_text import CELL_LIMIT
from ingestion.formats.plain_text import PlainLayout, plain_text
from ingestion.landed_file import MARK, LandedFile
from ingestion.typing_job import landed_columns
from warehouse.connection import GUARDS

SOUND = "sound.parquet"
_BATCH = 122_880


@dataclass(frozen=True)
class PlainRows:
    """The independent count, how many rows lie in `sound.parquet`, and the rows that need care, as text."""

    counted: Counted
    sound: int
    rest: Iterator[pa.Table]


def plain_rows(
    path: Path, layout: PlainLayout | None, form: Format, table: Table, file_name: str, delivery_id: str, private: Path
) -> PlainRows | None:
    """Write the sound rows of a plain file; None if the file, its table or its layout needs the careful way."""
    if layout is None or not delivery_id or table.key or any(column.need == "should" for column in table.columns):
        return None
    found = plain_text(path, form.delimiter, layout.alphabet)
    if found is None or sorted(found.header) != sorted(layout.header):
        return None
    constants = {**layout.constants(form, file_name), "delivery_id": delivery_id}
    session = _session(path, private)
    rows = _rows_sql(path, form.delimiter, found.header, layout)
    sound, seen = 0, 0
    try:
        with LandedFile(private / SOUND, table, constants) as file:
            for batch in session.sql(_sound_sql(rows, table, layout)).to_arrow_reader(_BATCH):
                sound += file.write(batch)
                seen += batch.num_rows
    except duckdb.Error:  # whatever the loader stumbles over, the careful way names it
        return None
    if seen != found.rows:
        return None
    rest = _rest(session, rows, layout) if sound != found.rows else iter(())
    return PlainRows(Counted(found.header, found.header, found.rows), sound, rest)


def _session(path: Path, private: Path) -> duckdb.DuckDBPyConnection:
    # One thread keeps the rows in the order of their lines, so that counting them numbers them.
    session = duckdb.connect(config={"threads": "1", "memory_limit": "600MB"})
    session.execute(f"set temp_directory = {quoted(str(private / 'spill'))}")
    for name, value in GUARDS.items():
        session.execute(f"set {name} = {quoted(value)}")
    folders = ", ".join(quoted(str(folder)) for folder in (path.parent, private))
    session.execute(f"set allowed_directories = [{folders}]")
    session.execute("set enable_external_access = false")
    session.execute("set lock_configuration = true")
    return session


def _rows_sql(path: Path, delimiter: str, header: tuple[str, ...], layout: PlainLayout) -> str:
    columns = "{" + ", ".join(f"{quoted(name)}: 'VARCHAR'" for name in header) + "}"
    loaded = (
        f"read_csv({quoted(str(path))}, auto_detect = false, header = true, delim = {quoted(delimiter)}, quote = '', "
        f"escape = '', new_line = '\\n', strict_mode = true, null_padding = false, columns = {columns}, "
        f"max_line_size = {CELL_LIMIT})"
    )
    cells = ", ".join(f"{sql} as {name}" for name, sql in layout.cells.items())
    return f"select *, {cells} from (select *, row_number() over () as row_number from {loaded})"


def _sound_sql(rows: str, table: Table, layout: PlainLayout) -> str:
    # Rows are told apart by a mark and not by WHERE: where all are sound, copying them would cost as much as reading.
    kinds = dict(landed_columns(table))
    columns = [f'cast({sql} as {kinds[name]}) as "{name}"' for name, sql in layout.columns.items()]
    places = ["row_number", "'line ' || (row_number + 1) as source_ref"]
    return f"select {', '.join([*columns, *places])}, coalesce({layout.sound}, false) as {MARK} from ({rows})"


def _rest(session: duckdb.DuckDBPyConnection, rows: str, layout: PlainLayout) -> Iterator[pa.Table]:
    cells = ", ".join(f'coalesce("{name}", \'\') as "{name}"' for name in layout.header)
    places = "row_number, 'line ' || (row_number + 1) as source_ref"
    query = f"select {places}, {cells} from ({rows}) where not coalesce({layout.sound}, false)"
    for batch in session.sql(query).to_arrow_reader(_BATCH):
        yield pa.Table.from_batches([batch])
