"""Reads the traces of released values: inputs, deliveries and, down through indicators, the values they rest on."""

from dataclasses import dataclass
from typing import Any

import duckdb

DEPTH = 6  # a bound against circles
KEY = ("kpi_id", "entity_type", "entity_id", "period_start", "dim_hash")
Row = dict[str, Any]
Key = tuple[Any, ...]


@dataclass(frozen=True)
class TraceBook:
    """Everything that explanations may need, read at once: values by name, inputs by key, formulas by indicator."""

    version: str
    by_name: dict[Key, Row]
    inputs: dict[Key, list[Row]]
    formulas: dict[str, Row]


def read_traces(connection: duckdb.DuckDBPyConnection, version: str, condition: str, values: list[Any]) -> TraceBook:
    """Follow the wanted values down through indicators that are inputs themselves, all of them in one query."""
    own = ", ".join(f"v.{column}" for column in KEY)
    match = " and ".join(f"i.{column} is not distinct from r.{column}" for column in KEY)
    part = " and ".join(
        f"v.{column} is not distinct from i.input_{column}" for column in KEY if column != "entity_type"
    )
    reached = f"""
        create temp table reached as
        with recursive below as (
            select {own}, 0 as depth from fact_kpi_value as v where {condition}
            union
            select {own}, r.depth + 1 from below as r inner join fact_kpi_input as i on {match}
            inner join fact_kpi_value as v on {part} where i.input_kind = 'kpi' and r.depth < {DEPTH}
        )
        select distinct {", ".join(KEY)} from below"""
    connection.execute(reached, values)
    same = " and ".join(f"v.{column} is not distinct from r.{column}" for column in KEY)
    found = rows_of(
        connection, f"select v.* from reached as r inner join fact_kpi_value as v on {same} order by all", []
    )
    query = f"""
        select i.*, d.source, d.sender, d.file_name, d.sha256
        from reached as r inner join fact_kpi_input as i on {match}
        left join dim_delivery as d on d.delivery_id = i.delivery_id
        order by i.input_kind, i.input_name, i.delivery_id, i.row_number, i.input_kpi_id, i.input_entity_id"""
    inputs: dict[Key, list[Row]] = {}
    for row in rows_of(connection, query, []):
        inputs.setdefault(tuple(row.pop(column) for column in KEY), []).append(row)
    formulas = {str(row["kpi_id"]): row for row in rows_of(connection, "select * from dim_kpi", [])}
    by_name = {tuple(row[column] for column in KEY if column != "entity_type"): row for row in found}
    return TraceBook(version, by_name, inputs, formulas)


def key_of(value: Row) -> Key:
    """The key of a value."""
    return tuple(value[column] for column in KEY)


def rows_of(connection: duckdb.DuckDBPyConnection, query: str, values: list[Any]) -> list[Row]:
    """The rows of a query as dictionaries."""
    result = connection.execute(query, values)
    names = [column[0] for column in result.description or []]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]
