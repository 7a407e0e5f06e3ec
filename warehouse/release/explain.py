"""Where a released value came from: its formula, its inputs, and the deliveries and rows that brought them."""

from dataclasses import dataclass, field
from typing import Any

import duckdb

from warehouse.release.pointer import chosen
from warehouse.release.reading import open_release
from warehouse.settings import Settings

DEPTH = 6
KEY = ("kpi_id", "entity_type", "entity_id", "period_start", "dim_hash")
Row = dict[str, Any]


class NothingToExplain(Exception):
    """The release has no such value; the message says what it has instead."""


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
        query = f"select * from fact_kpi_value where {' and '.join(conditions)} order by all"
        rows = _rows(connection, query, values)
        if not rows:
            raise NothingToExplain(_suggestion(connection, release.version, kpi_id))
        return [_explain(connection, release.version, row, DEPTH, set()) for row in rows]


def _explain(
    connection: duckdb.DuckDBPyConnection, version: str, value: Row, depth: int, seen: set[tuple[Any, ...]]
) -> Explanation:
    key = [value[column] for column in KEY]
    match = " and ".join(f"i.{column} is not distinct from ?" for column in KEY)
    query = f"""
        select i.* exclude ({", ".join(KEY)}), d.source, d.sender, d.file_name, d.sha256
        from fact_kpi_input as i left join dim_delivery as d on d.delivery_id = i.delivery_id
        where {match} order by i.input_kind, i.input_name, i.delivery_id, i.row_number"""
    inputs = _rows(connection, query, key)
    formula = _rows(connection, "select * from dim_kpi where kpi_id = ?", [value["kpi_id"]])
    parts = _parts(connection, version, inputs, depth, seen | {tuple(key)})
    missing = [row for row in inputs if row["input_state"] != "used"]
    used = [row for row in inputs if row["input_state"] == "used"]
    return Explanation(version, value, formula[0] if formula else {}, used, missing, _deliveries(inputs, parts), parts)


def _parts(
    connection: duckdb.DuckDBPyConnection, version: str, inputs: list[Row], depth: int, seen: set[tuple[Any, ...]]
) -> list[Explanation]:
    """Explanations of the inputs that are indicators themselves; no value is explained inside itself."""
    parts: list[Explanation] = []
    for row in inputs:
        if row["input_kind"] != "kpi" or depth == 0:
            continue
        query = """select * from fact_kpi_value where kpi_id = ? and entity_id = ? and period_start = ?
                   and dim_hash is not distinct from ? order by all"""
        key = [row["input_kpi_id"], row["input_entity_id"], row["input_period_start"], row["input_dim_hash"]]
        values = _rows(connection, query, key)
        fresh = [value for value in values if tuple(value[column] for column in KEY) not in seen]
        parts += [_explain(connection, version, value, depth - 1, seen) for value in fresh]
    return parts


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


def _rows(connection: duckdb.DuckDBPyConnection, query: str, values: list[Any]) -> list[Row]:
    result = connection.execute(query, values)
    names = [column[0] for column in result.description or []]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def _plain(row: Row) -> Row:
    return {name: value.isoformat() if hasattr(value, "isoformat") else value for name, value in row.items()}
