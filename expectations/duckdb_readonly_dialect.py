"""A SQLAlchemy dialect through which Great Expectations can read a DuckDB file.

Great Expectations ends the transaction before it fetches, and DuckDB drops a pending result with its transaction:
every query then fails with "list index out of range". A gate only reads, so beginning,
committing and rolling back do nothing.
"""

from typing import Any
from weakref import WeakKeyDictionary

from duckdb_engine import Dialect
from sqlalchemy.dialects import registry

NAME = "duckdb_readonly"
_OPENED: WeakKeyDictionary[Any, str] = WeakKeyDictionary()


class DuckDBReadOnly(Dialect):  # type: ignore[misc]
    """duckdb-engine without transactions, for files opened read-only."""

    supports_statement_cache = False

    def connect(self, *cargs: Any, **cparams: Any) -> Any:
        """Connect and remember the connection, so that it can be interrupted and closed by whoever asked for it."""
        connection = super().connect(*cargs, **cparams)
        _OPENED[connection] = str(cargs[0] if cargs else cparams["database"])
        return connection

    def do_begin(self, connection: Any) -> None:
        """Do nothing: there is nothing to begin when nothing is written."""

    def do_rollback(self, connection: Any) -> None:
        """Do nothing: a rollback would drop the result that is still to be fetched."""

    def do_commit(self, connection: Any) -> None:
        """Do nothing, for the same reason."""


def register() -> None:
    """Make the dialect known to SQLAlchemy under its own name; repeating it is harmless."""
    registry.register(NAME, __name__, "DuckDBReadOnly")


def connections(path: str) -> list[Any]:
    """The open connections of this process to a file, whoever holds them."""
    return [connection for connection, opened in list(_OPENED.items()) if opened == path and not connection.closed]
