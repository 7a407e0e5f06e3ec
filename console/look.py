"""Verbs that read a release: kpi, explain, query."""

import datetime as dt
from typing import Annotated, Any

import duckdb
import typer

from console.output import Json, draw, emit, say, write_csv
from console.story import tell
from warehouse.release import explain as trace
from warehouse.release import open_release
from warehouse.settings import Settings

_KPI_SQL = """
select kpi_id, kpi_key, entity_type, entity_id, year(period_end) as period, dim_sector, dim_region, dim_size_class,
    dim_category, dim_standard, dim_variant, value, value_low, value_high, unit, state, status, coverage, n_units,
    dq_score, primary_share, is_lower_bound, input_snapshot_id
from fact_kpi_value
where upper(kpi_id) = upper($kpi) and ($entity is null or entity_id = $entity)
    and ($period is null or year(period_end) = $period) and ($variant is null or dim_variant = $variant)
order by entity_type, entity_id, period, dim_category, dim_standard, dim_variant
"""
_SHOWN = ("entity_type", "entity_id", "period", "dim_category", "dim_standard", "dim_variant", "value", "unit", "state",
          "status", "coverage", "dq_score")  # fmt: skip
_TOLD = 3
Release = Annotated[str | None, typer.Option("--release", help="A release version; without it, the current one.")]
Entity = Annotated[str | None, typer.Option(help="Company, category, country|HS6, sector or network.")]
Period = Annotated[int | None, typer.Option(help="Calendar year.")]
Variant = Annotated[str | None, typer.Option(help="Companion measure, e.g. spend_weighted_mean.")]


class NotFound(LookupError):
    """Nothing in the release answers the question; the message says what to try."""


def register(app: typer.Typer) -> None:
    """Add the verbs of this module."""
    app.command("kpi")(kpi)
    app.command("explain")(explain)
    app.command("query")(query)


def kpi(
    kpi_id: Annotated[str, typer.Argument(help="For example R01.")],
    entity: Entity = None,
    period: Period = None,
    variant: Variant = None,
    limit: Annotated[int, typer.Option(min=1, help="Rows shown in the table; JSON has all.")] = 25,
    release: Release = None,
    as_json: Json = False,
) -> None:
    """Show the values of a KPI in the current release."""
    with open_release(Settings.from_env(), release) as connection:
        values = {"kpi": kpi_id, "entity": entity, "period": period, "variant": variant}
        rows = _records(connection.execute(_KPI_SQL, values))
    if not rows:
        raise NotFound(f"no row of {kpi_id} matches; `liefernetz query 'select distinct kpi_id, entity_type from "
                       f"fact_kpi_value'` shows what there is")  # fmt: skip

    def render() -> None:
        present = [name for name in _SHOWN if any(row[name] is not None for row in rows)]
        draw(f"{kpi_id} {rows[0]['kpi_key']}", present, [[row[c] for c in present] for row in rows[:limit]])
        if len(rows) > limit:
            say(f"… {len(rows) - limit} more rows; narrow down with --entity and --period, or --limit.")
        say(f"Where a value comes from: `liefernetz explain {kpi_id} --entity … --period …`.")

    emit(rows, as_json, render)


def explain(
    kpi_id: Annotated[str, typer.Argument(help="For example R01.")],
    entity: Entity = None,
    period: Period = None,
    variant: Variant = None,
    release: Release = None,
    as_json: Json = False,
) -> None:
    """Trace a released value: formula, inputs with values and units, deliveries with sender and row numbers, gaps."""
    year = str(period) if period else None
    found = trace(Settings.from_env(), kpi_id.upper(), entity, year, variant, release)

    def render() -> None:
        for explanation in found[:_TOLD]:
            tell(explanation)
        if len(found) > _TOLD:
            say(f"{len(found) - _TOLD} more values match; narrow down with --entity, --period and --variant.")

    emit([explanation.to_dict() for explanation in found], as_json, render)


def query(
    sql: Annotated[str, typer.Argument(help="One SELECT over the tables of the release.")],
    release: Release = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print CSV.")] = False,
    as_json: Json = False,
) -> None:
    """Run read-only SQL on the current release."""
    with open_release(Settings.from_env(), release) as connection:
        try:
            result = connection.execute(sql)
            names = [column[0] for column in result.description or ()]
            rows = result.fetchall()
        except duckdb.Error as error:
            raise NotFound(f"{str(error).splitlines()[0]} – tables: {', '.join(_tables(connection))}") from error
    if as_csv:
        write_csv(names, rows)
        return
    emit([dict(zip(names, row, strict=True)) for row in rows], as_json, lambda: draw("", names, rows))


def _tables(connection: duckdb.DuckDBPyConnection) -> list[str]:
    return [row[0] for row in connection.execute("select table_name from duckdb_tables() order by 1").fetchall()]


def _records(result: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    names = [column[0] for column in result.description]
    return [dict(zip(names, row, strict=True)) for row in result.fetchall()]


def now() -> dt.datetime:
    """Return the time in UTC; the commands are where time enters, the rooms are told."""
    return dt.datetime.now(dt.UTC)
