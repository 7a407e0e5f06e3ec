"""Recomputes everything a release says about itself: files, rows, content in all three formats, verdict, ledger."""

import json
from pathlib import Path
from typing import Any

import duckdb

from warehouse.archive import file_sha256
from warehouse.connection import connect
from warehouse.ledger import Ledger
from warehouse.release.manifest import MANIFEST, MARK, STATEMENT, SUMS, Release, load, sums
from warehouse.release.signature import SUFFIX, signature_problems, statement_problems
from warehouse.release.tables import CSV_READ, DATABASE, FOLDERS, csv_projection, measure, name, text
from warehouse.settings import Settings
from warehouse.verdict import PASSED, Check, Verdict, state_of

# What a release says about itself is not in its own list of files.
_SELF = {MANIFEST, SUMS, MARK, MARK + SUFFIX, STATEMENT, STATEMENT + SUFFIX}


def verify(settings: Settings, version: str, signers: Path | None = None) -> list[str]:
    """One sentence per problem; an empty list means that the release is what was published.

    `signers` lists whose signature counts (`ALLOWED SIGNERS` in ssh-keygen(1)); an unsigned release is a problem then.
    """
    release = load(settings, version)
    problems = _files(release)
    if problems:
        return problems  # the content of damaged files says nothing new
    problems = _signatures(release, signers)
    with connect(release.path / DATABASE) as connection:
        for table, entry in sorted(release.manifest["tables"].items()):
            problems += _content(connection, release.path, table, entry)
    return problems + _verdict(release) + _record(settings, release)


def _files(release: Release) -> list[str]:
    listed = {entry["path"]: entry for entry in release.manifest["files"]}
    present = {p.relative_to(release.path).as_posix(): p for p in release.path.rglob("*") if p.is_file()}
    problems = [f"{path} is listed and missing." for path in sorted(set(listed) - set(present))]
    extra = set(present) - set(listed) - _SELF
    problems += [f"{path} is there and not listed." for path in sorted(extra)]
    for path in sorted(set(listed) & set(present)):
        if (
            present[path].stat().st_size != listed[path]["bytes"]
            or file_sha256(present[path]) != listed[path]["sha256"]
        ):
            problems.append(f"{path} was changed after it was published.")
    if SUMS not in present:
        return [*problems, f"{SUMS} is missing."]
    stated = present[SUMS].read_text(encoding="utf-8")
    late = tuple(f"  {name}\n" for name in (MARK, MARK + SUFFIX))
    now = "".join(line for line in sums(release.path).splitlines(keepends=True) if not line.endswith(late))
    return problems if stated == now or problems else [f"{SUMS} does not fit the files."]


def _signatures(release: Release, signers: Path | None) -> list[str]:
    signed = [STATEMENT] + ([MARK] if release.retracted is not None else [])
    return statement_problems(release.path) + [
        problem for name in signed for problem in signature_problems(release.path / name, signers)
    ]


def _content(connection: duckdb.DuckDBPyConnection, folder: Path, table: str, entry: dict[str, Any]) -> list[str]:
    stem = folder / FOLDERS[entry["audience"]] / table
    parquet = f"read_parquet({text(f'{stem}.parquet')})"
    types: dict[str, str] = dict(entry["columns"])
    stated = (entry["rows"], entry["digest"])
    problems = []
    for label, relation in (("DuckDB file", name(table)), ("Parquet file", parquet)):
        if measure(connection, relation) != stated:
            problems.append(f"{table}: the {label} does not have the rows and the content that the manifest states.")
    columns = ", ".join(f"{text(column)}: 'VARCHAR'" for column in types)
    csv = f"read_csv({text(f'{stem}.csv')}, columns = {{{columns}}}, {CSV_READ})"
    expected = measure(connection, f"(select {csv_projection(types)} from {parquet})")
    if measure(connection, csv) != expected:
        problems.append(f"{table}: the CSV file differs from the Parquet file.")
    return problems


def _verdict(release: Release) -> list[str]:
    data = json.loads((release.path / "gate.json").read_text(encoding="utf-8"))
    seal = data.pop("seal")
    checks = [Check(**check) for check in data.pop("checks")]
    verdict = Verdict(**{**data, "at": data["at"]}, checks=checks)
    problems = []
    stated = release.manifest["verdict"]
    if verdict.candidate_id != release.candidate_id or verdict.digest != stated["digest"] or seal != stated["seal"]:
        problems.append("gate.json is the verdict of another candidate.")
    if verdict.state != PASSED or state_of(checks, verdict.declared, verdict.problems) != PASSED:
        problems.append("gate.json does not say that the candidate passed.")
    unjudged = sorted(set(release.rows) - {check.table for check in checks})
    return problems + [f"{table} was released and never judged." for table in unjudged]


def _record(settings: Settings, release: Release) -> list[str]:
    ledger = Ledger.open(settings)
    steps = ledger.steps(step="release", subject=release.version)
    problems = [f"Ledger: {problem}." for problem in ledger.verify()]
    if not steps:
        return [*problems, f"The ledger has no entry of release {release.version}."]
    if steps[-1].payload["manifest_sha256"] != file_sha256(release.path / MANIFEST):
        problems.append("The manifest is not the one that the ledger recorded.")
    return problems
