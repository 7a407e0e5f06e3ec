"""What a sender should know although nothing was refused: columns nobody asked for, cells that should be filled."""

from __future__ import annotations

import duckdb

from ingestion.child_process import Parsed
from ingestion.identifiers import broken_identifier
from ingestion.reader import RowRule
from ingestion.typing_job import Typing
from warehouse.ledger import Reason


def warnings_of(parsed: Parsed, connection: duckdb.DuckDBPyConnection, typing: Typing) -> tuple[Reason, ...]:
    """Return what the sender should know about rows that were accepted all the same."""
    found = [
        Reason(
            "unknown_column",
            f"column {name!r} is not declared; it was kept as sent and not used",
            "leave it out or ask for it to be declared",
            None,
            name,
        )
        for name in parsed.unknown_columns
    ]
    for column in typing.table.columns:
        if column.need == "should":
            rows = connection.execute(
                f'select count(*), min(row_number) from typed where not is_bad and "{column.name}" is null'
            )
            count, first = rows.fetchall()[0]
            if count:
                found.append(
                    Reason(
                        "missing_should",
                        f"{column.name} is missing in {count} rows",
                        f"fill {column.name} if you can",
                        first,
                        column.name,
                        count,
                    )
                )
    found += [reason for rule in _flags(typing) for reason in _flagged(connection, rule)]
    return tuple(found)


def _flags(typing: Typing) -> list[RowRule]:
    """Return the rules that keep a row: those of the reader, and the check digits of a publisher."""
    table = typing.table
    doubted = [(c.name, c.checksum.rstrip("?")) for c in table.columns if c.checksum and c.checksum.endswith("?")]
    return [rule for rule in typing.rules if rule.flags and rule.table == table.name] + [
        RowRule(table.name, "doubtful_identifier", name, broken_identifier(kind, f'"{name}"'),
                f"{name} is no valid {kind.upper()}; it was kept as published", "tell the publisher", flags=True)
        for name, kind in doubted
    ]  # fmt: skip


def _flagged(connection: duckdb.DuckDBPyConnection, rule: RowRule) -> list[Reason]:
    count, first = connection.execute(
        f"select count(*), min(row_number) from (select row_number, ({rule.broken}) as is_flagged from typed "
        "where not is_bad) where is_flagged"
    ).fetchall()[0]
    return [Reason(rule.code, rule.message, rule.fix, first, rule.field, count)] if count else []
