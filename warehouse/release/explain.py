"""Where a released value came from: its formula, its inputs, and the deliveries and rows that brought them."""

from dataclasses import dataclass, field
from typing import Any

import duckdb

from warehouse.release.pointer import chosen
from warehouse.release.reading import open_release
from warehouse.release.trace import KEY, Key, Row, TraceBook, key_of, read_traces, rows_of
from warehouse.settings import Settings


class NothingToExplain(Exception):
    """The release has no such value; the message says what it has instead."""


# More than this is an export, and `fact_kpi_input` is made for it.
_MOST = 100


@dataclass(frozen=True)
class Explanation:
    """One released value with everything it was computed from."""

    version: str
    value: Row
    formula: Row
    inputs: list[Row]
    missing: list[Row]
    deliveries: list[Row]
    parts: list["Explanation"] = field(default_factory=list)

    def to_dict(self) -> Row:
        """Plain data for JSON; dates and times in ISO 8601."""
        return {
            "version": self.version,
            "value": _plain(self.value),
            "formula": _plain(self.formula),
            "inputs": [_plain(row) for row in self.inputs],
            "missing": [_plain(row) for row in self.missing],
            "deliveries": [_plain(row) for row in self.deliveries],
            "parts": [part.to_dict() for part in self.parts],
        }


def explain(
    settings: Settings,
    kpi_id: str,
    entity: str | None = None,
    period: str | None = None,
    variant: str | None = None,
    version: str | None = None,
) -> list[Explanation]:
    """Explain every released value that fits; a period is a year or a first day. Raises `NothingToExplain`."""
    release = chosen(settings, version)
    wanted = {"kpi_id": kpi_id, "entity_id": entity, "dim_variant": variant}
    conditions = [f"{column} = ?" for column, value in wanted.items() if value is not None]
    values: list[Any] = [value for value in wanted.values() if value is not None]
    if period is not None:
        conditions.append("starts_with(cast(period_start as varchar), ?)")
        values.append(period)
    with open_release(settings, release.version) as connection:
        condition = " and ".join(conditions)
        roots = rows_of(connection, f"select * from fact_kpi_value where {condition} order by all", values)
        if not roots:
            raise NothingToExplain(_suggestion(connection, release.version, kpi_id))
        if len(roots) > _MOST:
            raise NothingToExplain(
                f"{len(roots)} values of {kpi_id} match, and up to {_MOST} are explained at once; narrow down with "
                "--entity, --period and --variant, or query fact_kpi_input"
            )
        book = read_traces(connection, release.version, condition, values)
    return [_explain(book, root, set()) for root in roots]


def _explain(book: TraceBook, value: Row, told: set[Key]) -> Explanation:
    """The explanation of a value; a value that goes in twice is explained where it appears first."""
    key = key_of(value)
    told.add(key)
    inputs = book.inputs.get(key, [])
    parts: list[Explanation] = []
    for row in inputs:
        # The trace does not name the type of the entity: it is the one under which the value was read.
        named = [row[f"input_{column}"] for column in KEY if column != "entity_type"]
        part = book.by_name.get(tuple(named)) if row["input_kind"] == "kpi" else None
        if part is not None and key_of(part) not in told:
            parts.append(_explain(book, part, told))
    missing = [row for row in inputs if row["input_state"] != "used"]
    used = [row for row in inputs if row["input_state"] == "used"]
    formula = book.formulas.get(value["kpi_id"], {})
    return Explanation(book.version, value, formula, used, missing, _deliveries(inputs, parts), parts)


def _deliveries(inputs: list[Row], parts: list[Explanation]) -> list[Row]:
    """The deliveries behind the inputs, once each, with the rows that were read."""
    found: dict[str, Row] = {}
    for row in inputs:
        if row["delivery_id"] is not None:
            origin = {name: row[name] for name in ("delivery_id", "source", "sender", "file_name", "sha256")}
            entry = found.setdefault(row["delivery_id"], {**origin, "rows": set()})
            entry["rows"].add(row["row_number"])
    for delivery in (delivery for part in parts for delivery in part.deliveries):
        entry = found.setdefault(delivery["delivery_id"], {**delivery, "rows": set()})
        entry["rows"].update(delivery["rows"])
    ordered = sorted(found.items())
    return [{**entry, "rows": sorted(number for number in entry["rows"] if number is not None)} for _, entry in ordered]


def _suggestion(connection: duckdb.DuckDBPyConnection, version: str, kpi_id: str) -> str:
    query = """select string_agg(distinct entity_id, ', ' order by entity_id), min(period_start), max(period_start)
               from (select * from fact_kpi_value where kpi_id = ? order by all limit 5)"""
    entities, first, last = connection.execute(query, [kpi_id]).fetchone() or (None, None, None)
    if entities is None:
        return f"Release {version} has no value of {kpi_id}; `liefernetz kpi` lists what there is."
    return f"Release {version} has no such value of {kpi_id}; it has, for example, {entities} in {first} to {last}."


def _plain(row: Row) -> Row:
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in row.items()}
