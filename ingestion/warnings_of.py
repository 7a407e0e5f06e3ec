"""What a sender should know although nothing was refused: columns nobody asked for, cells that should be filled."""

from __future__ import annotations

import duckdb

from ingestion.child_process import Parsed
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
    return tuple(found)
