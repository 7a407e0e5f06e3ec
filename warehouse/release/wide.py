"""The wide form of the KPI table for spreadsheets: one row per company and period, one column per measure.

Beside each value stands its status, because an empty cell alone does not say whether it is unknown or not applicable.
"""

from pathlib import Path

import duckdb

from warehouse.release.tables import DATABASE, STORAGE, Contents, columns_of, name, text, write_relation

VIEW, SOURCE, COMPANIES = "kpi_wide", "fact_kpi_value", "dim_company"
_ABOUT = ("name", "country", "sector", "size_class")
# Rows that are broken down by sector, category and so on would need a column each; they stay in the long form.
_WHOLE = " and ".join(f"dim_{part} is null" for part in ("sector", "region", "size_class", "category", "standard"))
_DESCRIPTION = (
    "Wide form of fact_kpi_value: one row per company and period, per measure its value and its status. Named KPI or "
    "KPI_variant. An empty value without a status: no such row. Breakdowns are in the long form only."
)


def write_wide(connection: duckdb.DuckDBPyConnection, contents: list[Contents], folder: Path) -> list[str]:
    """Write the wide form as Parquet, CSV and as a view of the database; gives the paths of the files.

    Nothing is written without results of companies.
    """
    written = {content.table.name: content for content in contents}
    if SOURCE not in written or not (measures := _measures(connection)):
        return []
    about = [column for column in _ABOUT if COMPANIES in written and column in written[COMPANIES].types]
    relation = f"({_query('marts', measures, about)})"
    write_relation(connection, relation, columns_of(connection, relation), folder / "analysts" / VIEW)
    _add_view(connection, folder / DATABASE, _query("main", measures, about), _meanings(measures, about))
    return [f"analysts/{VIEW}.parquet", f"analysts/{VIEW}.csv"]


def _measures(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str | None]]:
    query = f"select distinct kpi_id, dim_variant from marts.{SOURCE} where entity_type = 'company' and {_WHOLE}"
    return connection.execute(f"{query} order by kpi_id, dim_variant nulls first").fetchall()


def _meanings(measures: list[tuple[str, str | None]], about: list[str]) -> dict[str, str]:
    keys = dict.fromkeys(["company_id", "period_start", "period_end"], "Part of the key; as in the long form.")
    found = keys | dict.fromkeys(about, f"As in {COMPANIES} for the year in which the period starts.")
    for kpi, variant in measures:
        told = f"{kpi} (see dim_kpi)" + (f", variant {variant}" if variant else "")
        found[_column(kpi, variant)] = f"Value of {told}; NULL unless its status is ok."
        found[_column(kpi, variant) + "_status"] = f"Status of {told}; NULL = no such row."
    return found


def _column(kpi: str, variant: str | None) -> str:
    return kpi if variant is None else f"{kpi}_{variant}"


def _query(schema: str, measures: list[tuple[str, str | None]], about: list[str]) -> str:
    cells = []
    for kpi, variant in measures:
        column = _column(kpi, variant)
        same = f"kpi_id = {text(kpi)} and dim_variant is not distinct from {text(variant) if variant else 'null'}"
        cells.append(f"max(value) filter ({same}) as {name(column)}")
        cells.append(f"max(v.status) filter ({same}) as {name(column + '_status')}")
    facts = "".join(f", any_value(c.{name(column)}) as {name(column)}" for column in about)
    join = (
        f" left join {schema}.{COMPANIES} as c on v.entity_id = c.entity_id and year(v.period_start) = c.year"
        if about
        else ""
    )
    return (
        f"select v.entity_id as company_id{facts}, v.period_start, v.period_end, {', '.join(cells)}"
        f" from {schema}.{SOURCE} as v{join} where v.entity_type = 'company' and {_WHOLE}"
        " group by v.entity_id, v.period_start, v.period_end"
    )


def _add_view(connection: duckdb.DuckDBPyConnection, path: Path, query: str, meanings: dict[str, str]) -> None:
    connection.execute(f"attach {text(str(path))} as release (storage_version {text(STORAGE)})")
    current = connection.execute("select current_database(), current_schema()").fetchone()
    assert current is not None, "a session is always somewhere"
    connection.execute("use release")
    connection.execute(f"create view {VIEW} as {query}")
    connection.execute(f"comment on view {VIEW} is {text(_DESCRIPTION)}")
    for column, meaning in meanings.items():
        connection.execute(f"comment on column {VIEW}.{name(column)} is {text(meaning)}")
    connection.execute("checkpoint release")
    connection.execute(f"use {name(str(current[0]))}.{name(str(current[1]))}")
    connection.execute("detach release")
