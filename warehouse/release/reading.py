"""Opens a release for reading: the database of the release and nothing else on the machine."""

import duckdb

from warehouse.connection import connect, lock_down
from warehouse.release.pointer import chosen
from warehouse.release.tables import DATABASE
from warehouse.settings import Settings


def open_release(settings: Settings, version: str | None = None) -> duckdb.DuckDBPyConnection:
    """A read-only, locked-down connection to a release, by default the current one; raises `NoRelease`."""
    return lock_down(connect(chosen(settings, version).path / DATABASE))
