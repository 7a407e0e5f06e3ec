"""The one table of the ledger, and how writers take turns."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Column, Connection, Engine, Integer, MetaData, String, Table, Text, create_engine, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

METADATA = MetaData()
ENTRIES = Table(
    "ledger_entries",
    METADATA,
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", String(40), nullable=False),
    Column("step", String(40), nullable=False, index=True),
    Column("subject", String(200), nullable=False, index=True),
    Column("source", String(80)),
    # Set on the first receipt of some bytes only: two workers cannot both be first.
    Column("receipt_key", String(64), unique=True),
    Column("payload", Text, nullable=False),
    Column("previous", String(64), nullable=False, unique=True),
    Column("hash", String(64), nullable=False),
)
_ADVISORY_LOCK = 7_204_315
_APPEND_ONLY = """
create trigger if not exists ledger_no_{verb} before {verb} on ledger_entries
begin select raise(abort, 'the ledger is append-only'); end
"""


def open_store(url: str) -> Engine:
    """Return an engine with the table in place."""
    if not url.startswith("sqlite"):
        engine = create_engine(url)
        METADATA.create_all(engine)
        return engine
    engine = create_engine(url, connect_args={"timeout": 60})
    event.listen(engine, "connect", _prepare_sqlite)
    with serialised(engine) as connection:
        METADATA.create_all(connection)
        for verb in ("update", "delete"):
            connection.execute(text(_APPEND_ONLY.format(verb=verb)))
    return engine


def _prepare_sqlite(connection: DBAPIConnection, _record: ConnectionPoolEntry) -> None:
    # The driver would begin transactions by itself, and late; we begin them, and at once (see `serialised`).
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("pragma journal_mode = wal")
    cursor.execute("pragma synchronous = full")
    cursor.close()


@contextmanager
def serialised(engine: Engine) -> Iterator[Connection]:
    """Yield a connection in a transaction that only one writer has at a time; commit at the end, roll back on error."""
    with engine.connect() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("begin immediate")
        else:
            connection.execute(text("select pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
        yield connection
        connection.commit()
