"""What an outside auditor gets: every benchmark table of a candidate with the truth beside what is printed.

The form is a promise, see `docs/audit_export.md`. The files hold secrets and are no part of a release.
"""

import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.candidate import candidate_path
from warehouse.connection import connect
from warehouse.settings import Settings

_FIGURES = "value, cast(suppressed as integer) as suppressed, true_value, n, top1, top2"


class NothingToAudit(LookupError):
    """No candidate to export, or a folder that is not empty; the message says what to do."""


@dataclass(frozen=True)
class AuditExport:
    """What was written."""

    candidate_id: str
    tables: int
    cells: int
    suppressed: int


def export_audit(settings: Settings, folder: Path, candidate_id: str | None = None) -> AuditExport:
    """Write one CSV per table and `hierarchies.json` into an empty folder, readable by the owner only."""
    name = candidate_id or _newest(settings)
    path = candidate_path(settings, name)
    if not path.is_file():
        raise NothingToAudit(f"there is no candidate {name}; build one, then try again")
    if folder.exists() and any(folder.iterdir()):
        raise NothingToAudit(f"{folder} is not empty; name a new folder, old tables must not mix with these")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with connect(path) as connection:
        tables = connection.execute(
            "select distinct table_name, dims from intermediate.int_benchmark_audit order by table_name"
        ).fetchall()
        for table, dims in tables:
            _write(connection, table, dims, folder / f"{table}.csv")
        (folder / "hierarchies.json").write_text(json.dumps(_trees(connection), indent=1), encoding="utf-8")
        counted = connection.execute(
            "select count(*), count(*) filter (suppressed) from intermediate.int_benchmark_audit"
        ).fetchall()[0]
    return AuditExport(name, len(tables), int(counted[0]), int(counted[1]))


def _newest(settings: Settings) -> str:
    found = sorted(settings.work.glob("*-*.duckdb"), key=lambda p: int(p.stem.rsplit("-", 1)[1]))
    if not found:
        raise NothingToAudit("there is no candidate; build one, then try again")
    return found[-1].stem


def _write(connection: duckdb.DuckDBPyConnection, table: str, dims: str, path: Path) -> None:
    path.touch(mode=0o600)
    place = str(path).replace("'", "''")
    connection.execute(
        f"copy (select {dims}, {_FIGURES} from intermediate.int_benchmark_audit where table_name = $table order by all)"
        f" to '{place}' (header, delimiter ',')",
        {"table": table},
    )


def _trees(connection: duckdb.DuckDBPyConnection) -> dict[str, dict[str, str]]:
    trees: dict[str, dict[str, str]] = defaultdict(dict)
    for dim, child, parent in connection.execute(
        "select dim, child, parent from intermediate.int_benchmark_hierarchy order by all"
    ).fetchall():
        trees[dim][child] = parent
    return dict(trees)
