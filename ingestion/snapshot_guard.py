"""The guard against shrinking registers: far fewer rows than last time are held, the last good snapshot stays."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import duckdb

from ingestion.column_sql import quoted
from ingestion.declarations import Source
from ingestion.reader import SnapshotRule
from ingestion.typing_job import ACCEPTED_ROWS, Typing, landed_columns
from warehouse.ledger import ACCEPTED, Delivery, Reason
from warehouse.ledger.entries import digest

_NAME_DATE = re.compile(r"^(\d{4}-\d{2}-\d{2})")


def snapshot_date(connection: duckdb.DuckDBPyConnection, rule: SnapshotRule, file_name: str) -> date | None:
    """Return how old the snapshot is: by its file name where the publisher dates it, else by its newest date."""
    named = _NAME_DATE.match(file_name) if rule.date_in_file_name else None
    if named:
        try:
            return date.fromisoformat(named.group(1))
        except ValueError:
            pass  # digits that are no date: the content decides
    newest = connection.execute(f"select max({rule.date_column}) from typed where {ACCEPTED_ROWS}").fetchall()[0][0]
    assert newest is None or isinstance(newest, date)
    return newest


def shrunk(
    connection: duckdb.DuckDBPyConnection, source: Source, typing: Typing, rule: SnapshotRule,
    delivery: Delivery, earlier: list[Delivery], landing: Path,
) -> Reason | None:  # fmt: skip
    """Return why this snapshot is held, or nothing; it is compared with the newest older one of the same sender."""
    last = _last_good(delivery, earlier, typing.table.name)
    if last is None or source.minimum_share is None:
        return None
    file = landing / source.name / last.delivery_id / f"{typing.table.name}.parquet"
    counted = f"count(distinct lower({rule.compared}))" if rule.compared else "count(*)"
    now = connection.execute(f"select {counted} from typed where {ACCEPTED_ROWS}").fetchall()[0][0]
    before = connection.execute(f"select {counted} from read_parquet({quoted(str(file))})").fetchall()[0][0]
    if now >= source.minimum_share * before:
        return None
    return Reason(
        "shrunk",
        f"{now} {rule.compared or 'row'}s instead of {before} in delivery {last.delivery_id}; less than "
        f"{source.minimum_share:.0%} of the last good snapshot",
        "send the complete register; if it really shrank, ask the network office to lower minimum_share",
        about=digest("shrunk", source.name, typing.table.name, delivery.sender, _content(connection, typing)),
    )


def _content(connection: duckdb.DuckDBPyConnection, typing: Typing) -> str:
    """Return one text for the accepted rows, whatever their order and whatever the file around them."""
    row = "to_json([" + ", ".join(f'cast("{name}" as varchar)' for name, _ in landed_columns(typing.table)) + "])"
    total = f"sum(cast(md5_number_lower(cast({row} as varchar)) as hugeint))"
    counted = connection.execute(f"select count(*), cast({total} as varchar) from typed where {ACCEPTED_ROWS}")
    return str(counted.fetchall()[0])


def _last_good(delivery: Delivery, earlier: list[Delivery], table: str) -> Delivery | None:
    good = [
        d for d in earlier
        if d.outcome in ACCEPTED and d.sender == delivery.sender and d.delivery_id != delivery.delivery_id
        and any(t.table == table for t in d.tables)
        and (delivery.snapshot_at is None or d.snapshot_at is None or d.snapshot_at < delivery.snapshot_at)
    ]  # fmt: skip
    return max(good, key=lambda d: (d.snapshot_at or date.min, d.received_at, d.delivery_id), default=None)
