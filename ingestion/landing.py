"""Writing what a delivery became: typed Parquet, quarantine, findings for the sender; whole or not at all."""

from __future__ import annotations

import csv
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import duckdb

from ingestion.column_sql import quoted
from ingestion.declarations import Table
from ingestion.typed_rows import QUARANTINE
from ingestion.typing_job import ACCEPTED_ROWS, Typing, landed_columns
from warehouse.archive import file_sha256, fsync_folder
from warehouse.ledger import LandedTable, Reason

_FINDINGS = ("delivery_id", "table_name", "row_number", "source_ref", "code", "field", "found", "message", "fix")
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
PERIOD_COLUMNS = ("period_end", "delivery_date", "fiscal_year_end", "year")


@dataclass(frozen=True)
class Written:
    """What lies in the folder of a delivery before it is renamed into place."""

    folder: Path
    accepted: int
    quarantined: int


def write_landing(
    connection: duckdb.DuckDBPyConnection, typing: Typing, folder: Path,
    keep_unknown: Path | None, sound: Path | None = None,
) -> Written:  # fmt: skip
    """Write accepted rows (those in `sound` too), quarantine, findings and undeclared columns into a new folder."""
    folder.mkdir(parents=True)
    columns = ", ".join(f'"{name}"' for name, _ in landed_columns(typing.table))
    columns += f", {quoted(typing.delivery_id)} as delivery_id, row_number, source_ref"
    accepted = folder / f"{typing.table.name}.parquet"
    others = f"select {columns} from typed where {ACCEPTED_ROWS}"
    if sound is None:
        _copy(connection, others, accepted)
    elif not _one(connection, f"select count(*) from ({others})"):
        shutil.move(sound, accepted)
    else:
        _copy(connection, f"from read_parquet({quoted(str(sound))}) union all by name {others}", accepted)
    shown = ", ".join(QUARANTINE)
    _copy(connection, f"select {shown} from quarantine order by row_number, rank", folder / "quarantine.parquet")
    if keep_unknown is not None:
        extra = f"select row_number, columns('unknown: .*') from read_parquet({quoted(str(keep_unknown))})"
        _copy(connection, extra, folder / f"{typing.table.name}.unknown_columns.parquet")
    _write_findings(connection, folder / "findings.csv")
    return Written(
        folder,
        _one(connection, f"select count(*) from read_parquet({quoted(str(accepted))})"),
        _one(connection, "select count(distinct row_number) from quarantine"),
    )


def reasons_of(connection: duckdb.DuckDBPyConnection, limit: int = 50) -> tuple[Reason, ...]:
    """Return the reasons of the quarantine, one per rule and field, the most frequent first."""
    rows = connection.execute(
        "select code, field, any_value(message), any_value(fix), min(row_number), count(*) as n from quarantine "
        f"group by code, field order by n desc, code, field limit {limit}"
    ).fetchall()
    return tuple(Reason(code, message, fix, row, field, n) for code, field, message, fix, row, n in rows)


def period_sql(table: Table) -> str | None:
    """Return the SQL of the calendar year that a row speaks of, if the table has a period."""
    names = [name for name, _ in landed_columns(table)]
    column = next((name for name in PERIOD_COLUMNS if name in names), None)
    return column if column in (None, "year") else f"year({column})"


def periods_of(connection: duckdb.DuckDBPyConnection, typing: Typing, folder: Path) -> tuple[str, ...]:
    """Return the calendar years that the accepted rows in a folder speak of."""
    year = period_sql(typing.table)
    if year is None:
        return ()
    file = quoted(str(folder / f"{typing.table.name}.parquet"))
    rows = connection.execute(f"select distinct {year} as y from read_parquet({file})").fetchall()
    return tuple(sorted(str(row[0]) for row in rows if row[0] is not None))


def put_in_place(written: Written, final: Path, home: Path, table: str) -> tuple[LandedTable, ...]:
    """Rename the folder into place and return the landed table; a left-over of a killed run is replaced."""
    for file in sorted(written.folder.iterdir()):
        _fsync(file)
    fsync_folder(written.folder)
    if final.exists():
        shutil.rmtree(final)
    written.folder.rename(final)
    fsync_folder(final.parent)
    path = final / f"{table}.parquet"
    if not written.accepted:
        return ()
    return (LandedTable(table, str(path.relative_to(home)), file_sha256(path), written.accepted),)


def _copy(connection: duckdb.DuckDBPyConnection, query: str, target: Path) -> None:
    connection.execute(f"copy ({query}) to {quoted(str(target))} (format parquet, compression zstd)")


def _one(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    return int(connection.execute(query).fetchall()[0][0])


def _write_findings(connection: duckdb.DuckDBPyConnection, target: Path) -> None:
    rows = connection.execute(f"select {', '.join(_FINDINGS)} from quarantine order by row_number, rank limit 100000")
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_FINDINGS)
        while batch := rows.fetchmany(5000):
            writer.writerows([[harmless(cell) for cell in row] for row in batch])


def harmless(cell: object) -> object:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA_STARTS) else cell


def _fsync(file: Path) -> None:
    handle = os.open(file, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
