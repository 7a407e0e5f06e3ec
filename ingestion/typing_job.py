"""What one delivery is typed by, and the columns that come out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ingestion.column_sql import SQL_TYPES
from ingestion.declarations import Format, Table
from ingestion.reader import RowRule

# Over the tables `typed` and `repeated` of a typing session.
ACCEPTED_ROWS = "not is_bad and row_number not in (select row_number from repeated)"


@dataclass(frozen=True)
class Typing:
    """What one delivery is typed by."""

    delivery_id: str
    table: Table
    form: Format
    rules: tuple[RowRule, ...]
    seeds: Path
    spoken_for: tuple[str, ...] | None = None


def landed_columns(table: Table) -> list[tuple[str, str]]:
    """Return name and SQL type of the columns of a landed table, without the three that say where a row came from."""
    found: list[tuple[str, str]] = []
    for column in table.columns:
        found.append((column.name, SQL_TYPES.get(column.type, "VARCHAR")))
        if column.typed_as:
            found.append((column.typed_as, SQL_TYPES["decimal"]))
    return found
