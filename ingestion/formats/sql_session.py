"""One small DuckDB session per parse child, for mappings of a publisher's columns that are SQL."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache

import duckdb
import pyarrow as pa

UNKNOWN = "unknown: "


@cache
def session() -> duckdb.DuckDBPyConnection:
    """Return the session; it reaches no file and no network."""
    connection = duckdb.connect(config={"threads": "1", "memory_limit": "600MB"})
    connection.execute("set enable_external_access = false")
    return connection


def quoted_name(name: str) -> str:
    """Return a publisher's column name as SQL, whatever quotes it holds."""
    return '"' + name.replace('"', '""') + '"'


def mapped(batch: pa.Table, columns: Mapping[str, str], used: Collection[str] = ()) -> pa.Table:
    """Return a batch under our column names, as text: its places, the columns nobody declared, then the mapping.

    Args:
        batch: rows of text with `row_number` and `source_ref`; columns nobody declared begin with `UNKNOWN`.
        columns: our name to the SQL over the publisher's columns.
        used: undeclared columns that the mapping has used up, so that they are not reported.
    """
    left = [quoted_name(name) for name in batch.column_names if name.startswith(UNKNOWN) and name not in used]
    ours = [f"cast({sql} as varchar) as {quoted_name(name)}" for name, sql in columns.items()]
    sent = f"select {', '.join(['row_number', 'source_ref', *left, *ours])} from batch"
    session().register("batch", batch)
    try:
        return session().sql(sent).to_arrow_table()
    finally:
        session().unregister("batch")
