"""What lies in the landing zone of a delivery that was held: its table and its periods, read from the files."""

from __future__ import annotations

import duckdb

from ingestion.column_sql import quoted
from ingestion.declarations import declarations
from ingestion.landing import period_sql
from warehouse.archive import file_sha256
from warehouse.ledger import Delivery, LandedTable
from warehouse.settings import Settings


def landed(settings: Settings, delivery: Delivery) -> tuple[LandedTable, ...]:
    """Return the landed table of a delivery, nothing if no row has landed."""
    if delivery.format is None:
        return ()
    table = declarations()[delivery.source].formats[delivery.format].table
    path = settings.landing / delivery.source / delivery.delivery_id / f"{table}.parquet"
    if not path.exists():
        return ()
    place = str(path.relative_to(settings.home))
    return (LandedTable(table, place, file_sha256(path), delivery.rows_accepted),)


def periods(settings: Settings, delivery: Delivery, table: LandedTable) -> tuple[str, ...]:
    """Return the calendar years that a landed table speaks of."""
    sql = period_sql(declarations()[delivery.source].tables[table.table])
    if sql is None:
        return ()
    with duckdb.connect() as connection:
        file = quoted(str(settings.home / table.path))
        rows = connection.execute(f"select distinct {sql} as period from read_parquet({file}) order by 1").fetchall()
    return tuple(str(row[0]) for row in rows if row[0] is not None)
