"""One small DuckDB session per parse child, for mappings of a publisher's columns that are SQL."""

from __future__ import annotations

from functools import cache

import duckdb


@cache
def session() -> duckdb.DuckDBPyConnection:
    """Return the session; it reaches no file and no network."""
    connection = duckdb.connect(config={"threads": "1", "memory_limit": "600MB"})
    connection.execute("set enable_external_access = false")
    return connection
