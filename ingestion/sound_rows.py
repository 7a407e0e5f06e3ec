"""What the parse child typed itself is judged once more, by the declared rules and outside its cage."""

from __future__ import annotations

from pathlib import Path

import duckdb

from ingestion.column_sql import quoted
from ingestion.plain_rows import SOUND
from ingestion.rules import Rule, rules_of, sender_rules
from ingestion.typed_rows import caged_connection
from ingestion.typing_job import Typing, landed_columns

_PLACES = [("delivery_id", "VARCHAR"), ("row_number", "BIGINT"), ("source_ref", "VARCHAR")]


def sound_file(private: Path, rows: int) -> Path | None:
    """Return the file with the rows that the child typed, if there are any."""
    return private / SOUND if rows else None


def rules_hold(private: Path, typing: Typing, rows: int) -> bool:
    """Say whether `sound.parquet` has the landed columns, this many rows of this delivery, and breaks no rule."""
    with caged_connection(private, rows=rows) as connection:
        try:
            return _judge(connection, f"read_parquet({quoted(str(private / SOUND))})", typing, rows)
        except duckdb.Error:  # a file that cannot be read holds nothing sound
            return False


def _judge(connection: duckdb.DuckDBPyConnection, file: str, typing: Typing, rows: int) -> bool:
    columns, mine = landed_columns(typing.table), typing.table.name
    shape = [tuple(row[:2]) for row in connection.execute(f"describe from {file}").fetchall()]
    if shape != columns + _PLACES or any(rule.flags and rule.table == mine for rule in typing.rules):
        return False
    texts = {name for name, kind in columns if kind == "VARCHAR"}
    of_columns = rules_of(typing.table, (), typing.seeds)
    of_rows = rules_of(typing.table, typing.rules, typing.seeds)[len(of_columns) :]
    of_rows += sender_rules(typing.table, typing.spoken_for)
    # The patterns of text are slow, and the same words come again and again: they are judged once each.
    for name in texts:
        if _broken(
            connection, [r for r in of_columns if r.field == name], [name], f'select distinct "{name}" from {file}'
        ):
            return False
    others = [rule for rule in of_columns if rule.field not in texts]
    if _broken(connection, others + of_rows, [name for name, _ in columns], f"select * from {file}"):
        return False
    found = connection.execute(
        f"select (select count(*) from {file}), (select list(distinct delivery_id) from {file}), "
        f"(select count(distinct row_number) from {file} where row_number < 1)"
    ).fetchall()[0]
    return bool(found == (rows, [typing.delivery_id], 0))


def _broken(connection: duckdb.DuckDBPyConnection, rules: list[Rule], names: list[str], rows: str) -> bool:
    """Say whether any row breaks one of these rules."""
    # Text lands as sent; of the others the rules only ask whether something was sent.
    sent = ", ".join(f'"{name}" as "sent_{name}"' for name in names)
    broken = " or ".join(f"coalesce({rule.broken}, false)" for rule in rules) or "false"
    return bool(
        connection.execute(f"select count(*) from (select *, {sent} from ({rows})) where {broken}").fetchall()[0][0]
    )
