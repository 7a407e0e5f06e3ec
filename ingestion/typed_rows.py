"""From rows of text to typed rows and quarantined rows: one pass in SQL, nothing dropped, nothing guessed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pyarrow as pa

from ingestion.child_process import Parsed
from ingestion.column_sql import cleaned, number, quoted, typed
from ingestion.declarations import Column, Format
from ingestion.repeated_rows import quarantine_repeated
from ingestion.rules import Rule, rules_of, sender_rules
from ingestion.typing_job import Typing, landed_columns
from warehouse.connection import GUARDS
from warehouse.identifiers import add_checks

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
_MEMORY = "1GB"
_MANY = 5_000


@contextmanager
def caged_connection(folder: Path, *others: Path, rows: int = _MANY) -> Iterator[duckdb.DuckDBPyConnection]:
    """Yield a DuckDB session that can reach the given folders only; the order of the settings matters."""
    connection = duckdb.connect()
    try:
        if rows < _MANY:
            # Planning is what a small delivery costs: the optimiser takes longer than it could ever save.
            connection.execute("pragma disable_optimizer")
            connection.execute("set threads = 1")
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
    add_checks(connection, {(column.checksum or "").rstrip("?") for column in typing.table.columns})
    text = parsed.folder / f"{typing.table.name}.text.parquet"
    rules = rules_of(typing.table, typing.rules, typing.seeds) + sender_rules(typing.table, typing.spoken_for)
    judged = _judged(typing, text, rules)
    columns = ", ".join(f'"{name}"' for name, _ in landed_columns(typing.table))
    connection.execute(f"create table typed as select row_number, source_ref, {columns}, is_bad from ({judged})")
    _quarantine_table(connection, typing, parsed)
    _quarantine_broken(connection, typing, rules, judged)
    quarantine_repeated(connection, typing, _raw(typing), judged)


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
        f"{quoted(typing.table.name)} as table_name, row_number, source_ref, 0 as rank, code, "
        "cast(null as VARCHAR) as field, cast(null as VARCHAR) as found, message, fix, raw from unread"
    )


def _raw(typing: Typing) -> str:
    return "to_json({" + ", ".join(f"{quoted(c.name)}: {_sent(c)}" for c in typing.table.columns) + "})"


def _quarantine_broken(connection: duckdb.DuckDBPyConnection, typing: Typing, rules: list[Rule], judged: str) -> None:
    if not connection.execute("select count(*) from typed where is_bad").fetchall()[0][0]:
        return
    connection.execute(
        f"create table broken as select *, cast({_raw(typing)} as VARCHAR) as raw from ({judged}) where is_bad"
    )
    for rank, rule in enumerate(rules, start=1):
        connection.execute(
            "insert into quarantine select ?, ?, row_number, source_ref, ?, ?, ?, "
            f"left({rule.found}, 200), ?, ?, raw from broken where {rule.broken}",
            [typing.delivery_id, typing.table.name, rank, rule.code, rule.field, rule.message, rule.fix],
        )
