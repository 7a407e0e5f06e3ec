"""The landing zone inside the work file: one view per declared table, over the files that the ledger lists.

Files are listed by the ledger, never by a glob: a file left over from a killed writer would be read as data.
A table that nobody delivered yet is there too, empty and typed, so that every model always builds.
"""

from functools import cache
from pathlib import Path
from typing import Any

import duckdb
import yaml

from warehouse.ledger import Delivery
from warehouse.policy import SdcPolicy
from warehouse.settings import Settings
from warehouse.snapshot import CATALOGUE_VERSION, Snapshot

Columns = list[tuple[str, str]]
_BUILT_HERE = ("deliveries", "quarantine", "party_decisions", "build", "sdc_policy")
_DELIVERY_FIELDS = (
    "delivery_id", "source", "sender", "file_name", "sha256", "received_at", "format", "declared_version",
    "snapshot_at", "outcome", "rows_in", "rows_accepted", "rows_quarantined",
)  # fmt: skip


@cache
def landed_columns(dbt_project: Path) -> dict[str, Columns]:
    """Return name and type of every column of every landing table, as the dbt sources declare them."""
    found: dict[str, Columns] = {}
    for file in sorted((dbt_project / "models/staging/sources").glob("*.yml")):
        raw: dict[str, Any] = yaml.safe_load(file.read_text(encoding="utf-8"))
        for table in raw["sources"][0]["tables"]:
            found[table["name"]] = [(column["name"], column["data_type"]) for column in table["columns"]]
    return found


def attach_landing(
    connection: duckdb.DuckDBPyConnection, settings: Settings, snapshot: Snapshot, sdc: SdcPolicy
) -> None:
    """Create schema `landing` in the work file."""
    columns = landed_columns(settings.dbt_project)
    connection.execute("create schema landing")
    source_of = {t.path: d.source for d in snapshot.deliveries for t in d.tables}
    files: dict[str, list[str]] = {}
    for table in snapshot.tables:
        files.setdefault(f"{source_of[table.path]}__{table.table}", []).append(str(settings.home / table.path))
    for name, shape in columns.items():
        if name not in _BUILT_HERE:
            connection.execute(f"create view landing.{name} as {_select(shape, sorted(files.get(name, [])))}")
    _attach_quarantine(connection, settings, snapshot, columns["quarantine"])
    _attach_deliveries(connection, snapshot, columns["deliveries"])
    _create(connection, "party_decisions", columns["party_decisions"])
    if said := [[d.left_id, d.right_id, d.said == "same", d.why] for d in snapshot.decisions]:
        connection.executemany("insert into landing.party_decisions values (?, ?, ?, ?)", said)
    _attach_parameters(connection, snapshot, sdc, columns)


def _select(shape: Columns, files: list[str]) -> str:
    if not files:
        nothing = ", ".join(f"cast(null as {kind}) as {name}" for name, kind in shape)
        return f"select {nothing} where false"
    listed = ", ".join("'" + file.replace("'", "''") + "'" for file in files)
    cast = ", ".join(f"cast({name} as {kind}) as {name}" for name, kind in shape)
    return f"select {cast} from read_parquet([{listed}], union_by_name = true)"


def _attach_quarantine(
    connection: duckdb.DuckDBPyConnection, settings: Settings, snapshot: Snapshot, shape: Columns
) -> None:
    files = [settings.landing / d.source / d.delivery_id / "quarantine.parquet" for d in snapshot.deliveries]
    present = sorted(str(file) for file in files if file.exists())
    connection.execute(f"create view landing.quarantine as {_select(shape, present)}")


def _attach_deliveries(connection: duckdb.DuckDBPyConnection, snapshot: Snapshot, shape: Columns) -> None:
    _create(connection, "deliveries", shape)
    rows = [_delivery_row(delivery) for delivery in snapshot.deliveries]
    if rows:
        marks = ", ".join("?" for _ in _DELIVERY_FIELDS)
        connection.executemany(f"insert into landing.deliveries values ({marks})", rows)


def _delivery_row(delivery: Delivery) -> list[Any]:
    row = [getattr(delivery, name) for name in _DELIVERY_FIELDS]
    row[_DELIVERY_FIELDS.index("received_at")] = delivery.received_at.replace(tzinfo=None)
    return row


def _attach_parameters(
    connection: duckdb.DuckDBPyConnection, snapshot: Snapshot, sdc: SdcPolicy, columns: dict[str, Columns]
) -> None:
    _create(connection, "build", columns["build"])
    connection.execute(
        "insert into landing.build values (?, ?, ?)",
        [snapshot.snapshot_id, snapshot.as_of.replace(tzinfo=None), CATALOGUE_VERSION],
    )
    _create(connection, "sdc_policy", columns["sdc_policy"])
    names = [name for name, _ in columns["sdc_policy"]]
    marks = ", ".join("?" for _ in names)
    connection.execute(f"insert into landing.sdc_policy values ({marks})", [getattr(sdc, name) for name in names])


def _create(connection: duckdb.DuckDBPyConnection, name: str, shape: Columns) -> None:
    listed = ", ".join(f"{column} {kind}" for column, kind in shape)
    connection.execute(f"create table landing.{name} ({listed})")
