"""How an expectation is written down: what must hold, how severe a breach is, and why it matters.

Declarations are plain data and import nothing of Great Expectations, which takes seconds to load; `checker.py` turns
them into its expectations inside the gate. SQL may say `{batch}` for the table under test and
`{schema}` for its neighbours.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from warehouse.verdict import CRITICAL, WARNING


@dataclass(frozen=True)
class Expectation:
    """One thing that must hold of a public table."""

    name: str
    kind: str
    severity: str
    reason: str
    arguments: dict[str, Any] = field(default_factory=dict)


Suite = tuple[Expectation, ...]


def unique(columns: Sequence[str], reason: str) -> Expectation:
    """The columns together are a key; a column of the key may be NULL and still counts."""
    keys = ", ".join(columns)
    query = f"select {keys} from {{batch}} group by {keys} having count(*) > 1"
    return no_rows("grain_is_unique", query, reason)


def present(column: str, reason: str, severity: str = CRITICAL) -> Expectation:
    """The column is never NULL."""
    return Expectation(f"{column}_is_present", "present", severity, reason, {"column": column})


def one_of(column: str, values: Sequence[str], reason: str, severity: str = CRITICAL) -> Expectation:
    """The column, where filled, holds one of the values."""
    arguments = {"column": column, "value_set": list(values)}
    return Expectation(f"{column}_is_known", "one_of", severity, reason, arguments)


def within(column: str, low: float, high: float, reason: str, severity: str = CRITICAL) -> Expectation:
    """The column, where filled, is a number from low to high; see `finite` for what is no number."""
    arguments = {"column": column, "min_value": low, "max_value": high}
    return Expectation(f"{column}_is_within_range", "within", severity, reason, arguments)


def finite(column: str, reason: str) -> Expectation:
    """The column holds neither NaN nor infinity, which pass open ranges."""
    bad = f"isnan(cast({column} as double)) or isinf(cast({column} as double))"
    return no_rows(f"{column}_is_finite", f"select * from {{batch}} where {bad}", reason)


def never(name: str, condition: str, reason: str, severity: str = CRITICAL) -> Expectation:
    """No row of the table fulfils the condition."""
    return no_rows(name, f"select * from {{batch}} where {condition}", reason, severity)


def no_rows(name: str, query: str, reason: str, severity: str = CRITICAL) -> Expectation:
    """The query, which looks for the defect, finds nothing."""
    return Expectation(name, "no_rows", severity, reason, {"query": query})


def known_delivery(columns: str) -> Expectation:
    """Rows that name a delivery name one that the release lists; `columns` are shown of those that do not."""
    query = (
        f"select {columns} from {{batch}} as r where r.delivery_id is not null and not exists "
        "(select 1 from {schema}.dim_delivery as d where d.delivery_id = r.delivery_id)"
    )
    return no_rows("delivery_is_known", query, "A trace ends at a delivery that the release lists.")


def row_count(name: str, low: int, reason: str, severity: str = CRITICAL) -> Expectation:
    """The table has at least so many rows."""
    return Expectation(name, "row_count", severity, reason, {"min_value": low})


def columns_are(columns: Sequence[str], reason: str) -> Expectation:
    """The table has exactly these columns."""
    return Expectation("columns_are_as_declared", "columns", CRITICAL, reason, {"column_set": list(columns)})


__all__ = [
    "CRITICAL", "WARNING", "Expectation", "Suite", "columns_are", "finite",
    "known_delivery", "never", "no_rows", "one_of", "present",
    "row_count", "unique", "within",
]  # fmt: skip
