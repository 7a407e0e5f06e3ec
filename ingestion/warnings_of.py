"""What a sender should know although nothing was refused: columns nobody asked for, cells that should be filled."""

from __future__ import annotations

import duckdb

from ingestion.child_process import Parsed
from ingestion.declarations import Format
from ingestion.formats.header import same_name
from ingestion.reader import RowRule
from ingestion.typing_job import Typing
from warehouse.identifiers import broken_identifier
from warehouse.ledger import Reason


def warnings_of(parsed: Parsed, connection: duckdb.DuckDBPyConnection, typing: Typing) -> tuple[Reason, ...]:
    """Return what the sender should know about rows that were accepted all the same."""
    found = [_unused(name.removeprefix("unknown: "), typing.form) for name in parsed.unknown_columns]
    missing = [
        RowRule(typing.table.name, "missing_should", column.name, f'"{column.name}" is null',
                "", f"fill {column.name} if you can", flags=True)
        for column in typing.table.columns if column.need == "should"
    ]  # fmt: skip
    for rule, count, first in _flagged(connection, [*missing, *_flags(typing)]):
        message = rule.message or f"{rule.field} is missing in {count} rows"
        found.append(Reason(rule.code, message, rule.fix, first, rule.field, count))
    return tuple(found)


def _unused(name: str, form: Format) -> Reason:
    """Return what to say about a column that was kept as sent and not used: nobody knows it, or it is the second."""
    meant = {same_name(alias): ours for alias, ours in form.header_aliases.items()}.get(same_name(name))
    if meant:
        message = f"column {name!r} means {meant}, which another column says already; it was kept as sent and not used"
        return Reason("second_column", message, f"send one column for {meant}", None, name)
    message = f"column {name!r} is not declared; it was kept as sent and not used"
    return Reason("unknown_column", message, "leave it out or ask for it to be declared", None, name)


def _flags(typing: Typing) -> list[RowRule]:
    """Return the rules that keep a row: those of the reader, and the check digits of a publisher."""
    table = typing.table
    doubted = [(c.name, c.checksum.rstrip("?")) for c in table.columns if c.checksum and c.checksum.endswith("?")]
    return [rule for rule in typing.rules if rule.flags and rule.table == table.name] + [
        RowRule(table.name, "doubtful_identifier", name, broken_identifier(kind, f'"{name}"'),
                f"{name} is no valid {kind.upper()}; it was kept as published", "tell the publisher", flags=True)
        for name, kind in doubted
    ]  # fmt: skip


def _flagged(connection: duckdb.DuckDBPyConnection, rules: list[RowRule]) -> list[tuple[RowRule, int, int]]:
    """Return each rule that flags rows, how many, and the first; one question for all, because asking costs."""
    if not rules:
        return []
    marks = ", ".join(f"({rule.broken}) as mark_{n}" for n, rule in enumerate(rules))
    counts = ", ".join(f"count(*) filter (mark_{n}), min(row_number) filter (mark_{n})" for n in range(len(rules)))
    row = connection.execute(
        f"select {counts} from (select row_number, {marks} from typed where not is_bad)"
    ).fetchall()[0]
    return [(rule, row[2 * n], row[2 * n + 1]) for n, rule in enumerate(rules) if row[2 * n]]
