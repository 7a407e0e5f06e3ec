"""From rows of text to typed rows and quarantined rows: one pass in SQL, nothing dropped, nothing guessed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from ingestion.child_process import Parsed
from ingestion.column_sql import SQL_TYPES, Rule, cleaned, number, quoted, rules_of, typed
from ingestion.declarations import Column, Format, Table
from ingestion.reader import RowRule
from warehouse.connection import GUARDS

QUARANTINE = (
    "delivery_id",
    "table_name",
    "row_number",
    "source_ref",
    "code",
    "field",
    "found",
    "message",
    "fix",
    "raw",
)
ACCEPTED_ROWS = "not is_bad and row_number not in (select row_number from repeated)"
_MEMORY = "1GB"


@dataclass(frozen=True)
class Typing:
    """What one delivery is typed by."""

    delivery_id: str
    table: Table
    form: Format
    rules: tuple[RowRule, ...]
    seeds: Path


@contextmanager
def caged_connection(folder: Path, *others: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a DuckDB session that can reach the given folders only; the order of the settings matters."""
    connection = duckdb.connect(str(folder / "typing.duckdb"))
    try:
        connection.execute(f"set temp_directory = {quoted(str(folder / 'spill'))}")
        for name, value in GUARDS.items():
            connection.execute(f"set {name} = {quoted(value)}")
        allowed = ", ".join(quoted(str(path)) for path in (folder, *others))
        connection.execute(f"set allowed_directories = [{allowed}]")
        connection.execute("set enable_external_access = false")
        connection.execute(f"set memory_limit = {quoted(_MEMORY)}")
        connection.execute("set lock_configuration = true")
        yield connection
    finally:
        connection.close()


def type_rows(connection: duckdb.DuckDBPyConnection, typing: Typing, parsed: Parsed) -> None:
    """Fill the tables `typed`, `repeated` and `quarantine` of the session from the child's rows."""
    text = parsed.folder / f"{typing.table.name}.text.parquet"
    rules = rules_of(typing.table, typing.rules, typing.seeds)
    connection.execute(f"create view judged as {_judged(typing, text, rules)}")
    columns = ", ".join(f'"{name}"' for name, _ in landed_columns(typing.table))
    connection.execute(f"create table typed as select row_number, source_ref, {columns}, is_bad from judged")
    _quarantine_table(connection, typing, parsed)
    _quarantine_broken(connection, typing, rules)
    _quarantine_repeated(connection, typing)


def landed_columns(table: Table) -> list[tuple[str, str]]:
    """Return name and SQL type of the columns of a landed table, without the three that say where a row came from."""
    found: list[tuple[str, str]] = []
    for column in table.columns:
        found.append((column.name, SQL_TYPES.get(column.type, "VARCHAR")))
        if column.typed_as:
            found.append((column.typed_as, SQL_TYPES["decimal"]))
    return found


def _judged(typing: Typing, text: Path, rules: list[Rule]) -> str:
    columns = typing.table.columns
    if not text.exists():
        nothing = ", ".join(f'cast(null as VARCHAR) as "{c.name}"' for c in columns)
        rows = f"(select cast(null as BIGINT) as row_number, '' as source_ref, {nothing} where false)"
    else:
        rows = f"read_parquet({quoted(str(text))})"
    sent = ", ".join(f'{cleaned(c)} as "sent_{c.name}"' for c in columns)
    values = ", ".join(_typed_columns(columns, typing.form))
    bad = " or ".join(f"coalesce({rule.broken}, false)" for rule in rules) or "false"
    return (
        f"with sent as (select row_number, source_ref, {sent} from {rows}), "
        f"cast_rows as (select *, {values} from sent) select *, ({bad}) as is_bad from cast_rows"
    )


def _typed_columns(columns: tuple[Column, ...], form: Format) -> Iterator[str]:
    for column in columns:
        yield f'{typed(column, form)} as "{column.name}"'
        if column.typed_as:
            yield f'{number(_sent(column), form.decimal)} as "{column.typed_as}"'


def _sent(column: Column) -> str:
    return f'"sent_{column.name}"'


def _quarantine_table(connection: duckdb.DuckDBPyConnection, typing: Typing, parsed: Parsed) -> None:
    lines = (parsed.folder / "rejected.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    names = ("row_number", "source_ref", "code", "message", "fix", "raw")
    types = [pa.int64(), *([pa.string()] * 5)]
    unread = pa.table([pa.array([r[n] for r in rows], t) for n, t in zip(names, types, strict=True)], list(names))
    connection.register("unread", unread)
    connection.execute(
        f"create table quarantine as select {quoted(typing.delivery_id)} as delivery_id, "
        f"{quoted(typing.table.name)} as table_name, row_number, source_ref, 0 as rank, code, cast(null as VARCHAR) as field, "
        "cast(null as VARCHAR) as found, message, fix, raw from unread"
    )


def _raw(typing: Typing) -> str:
    return "to_json({" + ", ".join(f"{quoted(c.name)}: {_sent(c)}" for c in typing.table.columns) + "})"


def _quarantine_broken(connection: duckdb.DuckDBPyConnection, typing: Typing, rules: list[Rule]) -> None:
    if not connection.execute("select count(*) from typed where is_bad").fetchall()[0][0]:
        return
    connection.execute(
        f"create table broken as select *, cast({_raw(typing)} as VARCHAR) as raw from judged where is_bad"
    )
    for rank, rule in enumerate(rules, start=1):
        connection.execute(
            "insert into quarantine select ?, ?, row_number, source_ref, ?, ?, ?, "
            f"left({rule.found}, 200), ?, ?, raw from broken where {rule.broken}",
            [typing.delivery_id, typing.table.name, rank, rule.code, rule.field, rule.message, rule.fix],
        )


def _quarantine_repeated(connection: duckdb.DuckDBPyConnection, typing: Typing) -> None:
    """Two rows on one key: the same row twice counts once, rows that contradict each other do not count at all."""
    connection.execute("create table repeated (row_number BIGINT)")
    key = ", ".join(f'"{name}"' for name in typing.table.key)
    if not key:
        return
    content = "{" + ", ".join(f'{quoted(n)}: "{n}"' for n, _ in landed_columns(typing.table)) + "}"
    connection.execute(
        f"create table clash as with marked as (select row_number, {content} as content, "
        f"count(*) over (partition by {key}) as n, row_number() over (partition by {key} order by row_number) as place, "
        f"{_key_text(typing.table.key)} as key_text, dense_rank() over (order by {key}) as cell from typed where not is_bad), "
        "cells as (select cell, count(distinct content) as versions from marked where n > 1 group by cell) "
        "select m.row_number, m.key_text, c.versions > 1 as contradicts from marked m join cells c on c.cell = m.cell "
        "where m.n > 1 and (c.versions > 1 or m.place > 1)"
    )
    connection.execute("insert into repeated select row_number from clash")
    for contradicts, code, message, fix in _CLASHES:
        connection.execute(
            f"insert into quarantine select ?, ?, j.row_number, j.source_ref, 999, ?, ?, left(c.key_text, 200), ?, ?, "
            f"cast({_raw(typing)} as VARCHAR) from judged j join clash c on c.row_number = j.row_number where c.contradicts = ?",
            [typing.delivery_id, typing.table.name, code, ", ".join(typing.table.key), message, fix, contradicts],
        )


_CLASHES = (
    (
        True,
        "contradicting_rows",
        "several rows with one key say different things; none of them counts",
        "send one row per key",
    ),
    (False, "repeated_row", "the same row again; the first one counts", "send each row once"),
)


def _key_text(key: tuple[str, ...]) -> str:
    return "concat_ws(' / ', " + ", ".join(f"coalesce(cast(\"{name}\" as VARCHAR), '-')" for name in key) + ")"
