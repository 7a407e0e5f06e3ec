"""What a template says: one row of words per declared column, and the example rows of the declaration."""

from collections.abc import Iterator
from datetime import date

from ingestion.code_lists import allowed_codes
from ingestion.declarations import Column, Table
from warehouse.settings import PROJECT

Cell = str | int | float | date | bool | None
EXPLAINED = ("column", "required", "meaning", "type", "unit", "allowed")
_NEEDS = {"must": "required", "should": "expected", "may": "optional"}
_TYPES = {
    "id": "identifier", "text": "text", "code": "one word of the list", "country": "country, ISO 3166, two letters",
    "currency": "currency, ISO 4217, three letters", "hs": "goods code, leading zeros kept", "integer": "whole number",
    "decimal": "number, such as 1234.56", "date": "date, such as 2025-12-31", "boolean": "true or false",
}  # fmt: skip
# Units stand at the end of a column's name; the longer ending first.
_UNITS = {
    "_units_per_day": "units of the item a day", "_units": "units of the item", "_days": "days", "_km": "km",
    "_t": "t", "_share": "share, 0 to 1", "_hours": "h", "_lat": "degrees", "_lon": "degrees",
    "_minutes_spent": "min",
}  # fmt: skip


def explained(table: Table) -> Iterator[tuple[str, ...]]:
    """Yield one row of `EXPLAINED` per column."""
    for column in table.columns:
        unit = next((unit for end, unit in _UNITS.items() if f"_{column.name}".endswith(end)), "")
        allowed = ", ".join(codes(column)) or _bounds(column)
        yield column.name, _NEEDS[column.need], column.meaning, _TYPES[column.type], unit, allowed


def example_rows(table: Table) -> list[list[Cell]]:
    """Return the example rows in the order of the columns; a column that a row does not name is empty."""
    return [[row.get(column.name) for column in table.columns] for row in table.examples]


def codes(column: Column) -> tuple[str, ...]:
    """Return the closed list of a column, empty if it has none."""
    return allowed_codes(column.codes, PROJECT / "dbt_project/seeds") if column.codes is not None else ()


def _bounds(column: Column) -> str:
    least, most = (None if bound is None else f"{bound:g}" for bound in (column.min, column.max))
    if least and most:
        return f"{least} to {most}"
    return f"at least {least}" if least else f"at most {most}" if most else ""
