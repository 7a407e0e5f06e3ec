"""Reads what the gate audits from a candidate: all benchmark cells with the truth beside them; docs/audit_export.md."""

from collections import defaultdict
from pathlib import Path

import duckdb

from expectations.auditor.cells import TOTAL, Cell, Codes, Contribution, Material, Table, Unauditable, rounded
from expectations.auditor.earlier import Parts, spread

DIMS = ("sector", "region", "size_class")
PRINTED = ("benchmark_cell", "benchmark_sector")
PRIVATE = ("int_benchmark_audit", "int_benchmark_contributions", "int_benchmark_hierarchy")


def rows_printed(connection: duckdb.DuckDBPyConnection) -> list[dict[str, object]]:
    """Every benchmark row that would go out; the dimensions a table lacks are totals."""
    found: list[dict[str, object]] = []
    for table in PRINTED:
        if _has(connection, "marts", table):
            result = connection.execute(f"select * from marts.{table}")
            names = [column[0] for column in result.description or []]
            rows = result.fetchall()
            found += [dict.fromkeys(DIMS, TOTAL) | dict(zip(names, row, strict=True)) for row in rows]
    return found


def material_of(connection: duckdb.DuckDBPyConnection) -> Material:
    """The material of a candidate; raises `Unauditable` if benchmarks are printed whose truth is not there."""
    missing = [name for name in PRIVATE if not _has(connection, "intermediate", name)]
    if missing:
        raise Unauditable(f"The candidate prints benchmarks and lacks {', '.join(missing)}: nobody can audit them.")
    return read(connection, {name: f"intermediate.{name}" for name in PRIVATE})


def read(connection: duckdb.DuckDBPyConnection, relations: dict[str, str]) -> Material:
    """The material from three relations of the contract, wherever they lie."""
    audit, contributions, hierarchy = (relations[name] for name in PRIVATE)
    cells = connection.execute(
        f"""select table_name, kpi_id, dim_variant, cast(period_start as varchar), measure, dims,
                   coalesce(sector, '{TOTAL}'), region, size_class, suppressed, true_value, n, top1, top2
            from {audit} order by all"""
    ).fetchall()
    tables: dict[tuple[str, str], list[Cell]] = defaultdict(list)
    quantities: dict[tuple[str, ...], str] = {}
    for name, kpi, variant, start, measure, dims, *codes, suppressed, true_value, n, top1, top2 in cells:
        quantities[kpi, variant or "", start, measure] = name.rpartition("__")[0]
        own = tuple(code for dim, code in zip(DIMS, codes, strict=True) if dim in dims.split(","))
        tables[name, dims].append(Cell(own, true_value, bool(suppressed), n, top1 or 0.0, top2 or 0.0))
    trees: dict[str, dict[str, str]] = defaultdict(dict)
    for dim, child, parent in connection.execute(f"select dim, child, parent from {hierarchy}").fetchall():
        trees[dim][child] = parent
    built = tuple(
        Table(name, name.rpartition("__")[0], tuple(d for d in DIMS if d in dims.split(",")), tuple(found))
        for (name, dims), found in tables.items()
    )
    return Material(built, trees, tuple(_contributions(connection, contributions, quantities)))


def refuse_other_print(material: Material, printed: list[dict[str, object]], digits: int) -> None:
    """What is printed must be what is audited: each row has its cell, and none is shown that counts as withheld."""
    shown: dict[tuple[str, Codes], bool] = {}
    for table in material.tables:
        for cell in table.cells:
            key = (table.quantity, table.key(cell.codes))
            shown[key] = shown.get(key, True) and not cell.suppressed
    parts = spread(material.contributions, material.hierarchies)
    for row in printed:
        names = [str(row["kpi_id"]), str(row["dim_variant"] or "").replace("|", "-"), str(row["period_start"])[:4]]
        stem = "__".join(name for name in names if name)
        codes = tuple(sorted((dim, str(row[dim])) for dim in DIMS if row[dim] != TOTAL))
        measures = [shown.get((f"{stem}__{m}", codes)) for m in ("numerator", "denominator")]
        if measures[0] is None:
            raise Unauditable(f"{row['kpi_id']}: a printed benchmark has no cell that could be audited.")
        if row["status"] == "ok" and False in measures:
            raise Unauditable(f"{row['kpi_id']}: a benchmark is printed that counts as withheld.")
        if row["status"] == "ok" and None not in measures:
            _refuse_other_mean(row, parts, stem, codes, digits)


def _refuse_other_mean(
    row: dict[str, object], parts: Parts, stem: str, codes: tuple[tuple[str, str], ...], digits: int
) -> None:
    top, below = (sum(parts.get((f"{stem}__{m}", codes), {}).values()) for m in ("numerator", "denominator"))
    low, high = rounded(float(str(row["weighted_mean"])), digits)
    slack = 1e-6 * abs(top)
    if below > 0 and not low * below - slack <= top <= high * below + slack:
        raise Unauditable(f"{row['kpi_id']}: a printed benchmark is not the quotient of what is audited.")


def _contributions(
    connection: duckdb.DuckDBPyConnection, relation: str, quantities: dict[tuple[str, ...], str]
) -> list[Contribution]:
    rows = connection.execute(
        f"""select kpi_id, dim_variant, cast(period_start as varchar), sector, region, size_class, group_id,
                   numerator, denominator from {relation} order by all"""
    ).fetchall()
    found = []
    for kpi, variant, start, *codes, group, numerator, denominator in rows:
        where = tuple((dim, code) for dim, code in zip(DIMS, codes, strict=True) if code is not None)
        for measure, value in (("numerator", numerator), ("denominator", denominator)):
            quantity = quantities.get((kpi, variant or "", start, measure))
            if quantity is not None and value is not None:
                found.append(Contribution(quantity, where, group, value))
    return found


def keep(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    """Keep the private panel of a candidate: the differences of later releases are judged by it."""
    for name in PRIVATE:
        target = str(folder / f"{name}.parquet").replace("'", "''")
        connection.execute(f"copy (from intermediate.{name} order by all) to '{target}' (format parquet)")


def _has(connection: duckdb.DuckDBPyConnection, schema: str, table: str) -> bool:
    query = "select 1 from information_schema.tables where table_schema = ? and table_name = ?"
    return connection.execute(query, [schema, table]).fetchone() is not None
