"""Opening DuckDB files: read-only for readers, closed to the outside world."""

from pathlib import Path

import duckdb

# DuckDB 2.0.0 may drop rows when a cast is pushed into a file scan (duckdb/duckdb#23818).
GUARDS = {"disabled_optimizers": "type_pushdown"}


def connect(path: Path, read_only: bool = True) -> duckdb.DuckDBPyConnection:
    """Open a DuckDB file; times are UTC."""
    connection = duckdb.connect(str(path), read_only=read_only)
    connection.execute("set TimeZone = 'UTC'")
    for name, value in GUARDS.items():
        connection.execute(f"set {name} = '{value}'")
    return connection


def lock_down(connection: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """Refuse every file, extension and setting from now on, so that a query can only read the open database."""
    connection.execute("set enable_external_access = false")
    connection.execute("set lock_configuration = true")
    return connection
