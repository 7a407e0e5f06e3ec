"""Writes the folder of a release: tables, dictionary, deliveries, gate report, notes, manifest and check sums."""

from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as package_version
from pathlib import Path
from typing import Any

import duckdb

from warehouse.policy import Policy
from warehouse.public_tables import ANALYST, PublicTable
from warehouse.release import dictionary, gate_report
from warehouse.release.companion_files import deliveries, write_companion_files
from warehouse.release.diff import Difference, compare
from warehouse.release.manifest import MANIFEST, STATEMENT, SUMS, Release, dump, file_entries, sums
from warehouse.release.notes import write_notes
from warehouse.release.page_content import write_public_page
from warehouse.release.signature import sign, write_statement
from warehouse.release.tables import DATABASE, Contents, write_tables
from warehouse.release.wide import write_wide
from warehouse.verdict import Verdict

EVERYBODY = "everybody"


@dataclass(frozen=True)
class Draft:
    """All that is known about a release before it is written."""

    version: str
    verdict: Verdict
    created_at: datetime
    approved_by: str | None
    snapshot_id: str
    as_of: datetime
    catalogue_version: str
    models_sha256: str
    previous: Release | None
    tables: list[PublicTable]
    contents: list[Contents]
    policy: Policy
    sectors: dict[str, str]

    @property
    def same_method(self) -> bool:
        """Whether models and policy are those of the release before."""
        if self.previous is None:
            return False
        manifest = self.previous.manifest
        return bool(
            manifest["code"]["models_sha256"] == self.models_sha256
            and manifest["policy_version"] == self.policy.sdc.version
        )


def write_release(connection: duckdb.DuckDBPyConnection, draft: Draft, folder: Path) -> None:
    """Write everything into the folder and give each file the rights of its audience."""
    write_tables(connection, draft.contents, folder)
    released = [content.table for content in draft.contents]
    grains = {table.name: table.grain for table in released}
    difference = compare(draft.previous, folder, draft.version, grains, draft.same_method)
    notes = write_notes(draft.version, difference, draft.contents, draft.verdict, _refused_values(connection, draft))
    pages = {
        "dictionary.json": (EVERYBODY, dump(dictionary.as_data(released))),
        "dictionary.md": (EVERYBODY, dictionary.as_text(released, draft.version)),
        "deliveries.json": (ANALYST, dump({"deliveries": deliveries(connection)})),
        "gate.json": (ANALYST, dump(gate_report.as_data(draft.verdict))),
        "gate.html": (ANALYST, gate_report.as_page(draft.verdict, draft.version)),
        "changes.json": (ANALYST, dump(difference.to_dict())),
        "notes.md": (ANALYST, notes),
    }
    for page, (_, content) in pages.items():
        (folder / page).write_text(content, encoding="utf-8")
    audiences = {page: audience for page, (audience, _) in pages.items()} | {DATABASE: ANALYST}
    audiences |= write_public_page(connection, draft, difference, folder)
    audiences |= dict.fromkeys(write_wide(connection, draft.contents, folder), ANALYST)
    audiences |= write_companion_files(connection, draft, folder)
    audiences |= {f"{c.stem}{suffix}": c.table.audience for c in draft.contents for suffix in (".parquet", ".csv")}
    manifest = _manifest(draft, folder, audiences, difference)
    (folder / MANIFEST).write_text(dump(manifest), encoding="utf-8")
    write_statement(folder, manifest, draft.policy.network_name)
    sign(folder / STATEMENT, draft.policy)
    (folder / SUMS).write_text(sums(folder), encoding="utf-8")
    _restrict(folder, audiences)


def _refused_values(connection: duckdb.DuckDBPyConnection, draft: Draft) -> dict[str, int]:
    """Number of values by the reason why they carry no number."""
    if all(content.table.name != "fact_kpi_value" for content in draft.contents):
        return {}
    query = "select status, count(*) from marts.fact_kpi_value where status <> 'ok' group by status order by status"
    return {str(status): int(count) for status, count in connection.execute(query).fetchall()}


def _manifest(draft: Draft, folder: Path, audiences: dict[str, str], difference: Difference) -> dict[str, Any]:
    rows = {f"{c.stem}{suffix}": c.rows for c in draft.contents for suffix in (".parquet", ".csv")}
    return {
        "version": draft.version,
        "created_at": draft.created_at.isoformat(),
        "candidate_id": draft.verdict.candidate_id,
        "snapshot_id": draft.snapshot_id,
        "as_of": draft.as_of.isoformat(),
        "previous": draft.previous.version if draft.previous else None,
        "approved_by": draft.approved_by,
        "code": {
            "liefernetz": _own_version(),
            "catalogue": draft.catalogue_version,
            "models_sha256": draft.models_sha256,
        },
        # Of the policy only its version leaves the house: the parameters of the concentration rule are secret.
        "policy_version": draft.policy.sdc.version,
        "verdict": {"digest": draft.verdict.digest, "seal": draft.verdict.seal, "state": draft.verdict.state},
        # How much was attacked and that nothing gave way; which cell is withheld for what reason stays private.
        "audit": draft.verdict.audit,
        "left_out": draft.verdict.left_out,
        "unexplained_changes": difference.unexplained,
        "tables": {
            c.table.name: {
                "audience": c.table.audience,
                "rows": c.rows,
                "digest": c.digest,
                "grain": list(c.table.grain),
                "columns": list(c.types.items()),
            }
            for c in draft.contents
        },
        "files": file_entries(folder, audiences, rows),
    }


def _own_version() -> str:
    try:
        return package_version("liefernetz")
    except PackageNotFoundError:
        return "not installed"


def _restrict(folder: Path, audiences: dict[str, str]) -> None:
    """Single figures are for analysts: their files are closed to everybody else on the machine."""
    for path in folder.rglob("*"):
        name = path.relative_to(folder).as_posix()
        if path.is_dir():
            path.chmod(0o750 if name == "analysts" else 0o755)
        else:
            path.chmod(0o440 if audiences.get(name) == ANALYST else 0o444)
    folder.chmod(0o755)
