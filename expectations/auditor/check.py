"""The audit as the gate runs it: on a candidate, against every earlier release, with counts only in the answer."""

import csv
import json
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import duckdb

from expectations.auditor import benchmarks
from expectations.auditor.audit import PRINTED, Audit, audit
from expectations.auditor.cells import TOTAL, Material, Unauditable
from expectations.auditor.earlier import with_earlier
from expectations.auditor.rules import Rules
from warehouse.connection import connect
from warehouse.policy import SdcPolicy
from warehouse.release import listing, open_release
from warehouse.settings import Settings
from warehouse.verdict import CRITICAL, FAILED, PASSED, Check

TABLE = "benchmark_sector"
CHECKS = {
    PRINTED: ("secrets_are_withheld", "A figure that rests on too few groups, or on one of them, would be printed."),
    "outsider": ("nobody_computes_a_secret", "What is printed would give a withheld figure away to everybody."),
    "one_group": ("no_group_computes_a_secret", "Who is alone in a cell could compute what another one delivered."),
    "earlier": ("differences_tell_no_secret", "Set off against an earlier release, figures would be given away."),
}


def audit_checks(
    settings: Settings, candidate_id: str, path: Path, sdc: SdcPolicy, until: float
) -> tuple[list[Check], dict[str, Any]]:
    """The checks of the auditor and the public summary; nothing if no benchmark is printed. Raises `Unauditable`.

    What stops a release is what the suppression engine promises: nothing for outsiders, nothing for a group that is
    alone in cells. Groups that use their parts of shared cells, and pairs, are tried too; the outcome stays private.
    """
    with connect(path) as connection:
        printed = benchmarks.rows_printed(connection)
        if not printed:
            return [], {}
        material = benchmarks.material_of(connection)
        benchmarks.refuse_other_print(material, printed, sdc.significant_digits)
        alone = audit(material, replace(Rules.of(sdc), coalition=1, shares=False), until - time.monotonic())
        earlier = _earlier(settings, printed)
        together = _together(material, earlier, sdc, until) if earlier else None
        sharpest = audit(material, Rules.of(sdc), until - time.monotonic())
        _keep(settings, candidate_id, connection, [sharpest, alone, *([together] if together else [])])
    counts = alone.by_attacker() | {"earlier": together.disclosed if together else 0}
    summary = {
        "tables": alone.tables, "cells": alone.cells, "withheld": alone.withheld,
        "disclosed": max(alone.disclosed, together.disclosed if together else 0),
        "attackers": ["outsider", "group alone in cells"],
        "earlier_releases": sorted(earlier),
    }  # fmt: skip
    return [_check(name, counts[name]) for name in CHECKS], summary


def _check(name: str, count: int) -> Check:
    title, reason = CHECKS[name]
    # Only how many: a verdict that names the cell would be half of the disclosure.
    return Check(TABLE, title, CRITICAL, reason, FAILED if count else PASSED, "", count)


def _together(material: Material, earlier: Mapping[str, Material], sdc: SdcPolicy, until: float) -> Audit:
    """Insiders were tried on the release alone; differences are judged as everybody sees them."""
    rules = replace(Rules.of(sdc), coalition=0)
    return audit(with_earlier(material, earlier, sdc.significant_digits), rules, until - time.monotonic())


def folder_of(settings: Settings, candidate_id: str) -> Path:
    """Where the private panel and the audit table of a candidate are kept."""
    return settings.home / "audit" / candidate_id


def _earlier(settings: Settings, printed: list[dict[str, object]]) -> dict[str, Material]:
    """The private panels of all earlier releases; retracted ones were read by somebody too."""
    found: dict[str, Material] = {}
    for release in listing(settings):
        if TABLE not in release.rows:
            continue
        folder = folder_of(settings, release.candidate_id)
        files = {name: folder / f"{name}.parquet" for name in benchmarks.PRIVATE}
        if all(file.is_file() for file in files.values()):
            with duckdb.connect() as connection:
                relations = {
                    name: f"read_parquet('{str(file).replace(chr(39), chr(39) * 2)}')" for name, file in files.items()
                }
                found[release.version] = benchmarks.read(connection, relations)
        elif _differs(settings, release.version, printed):
            raise Unauditable(
                f"The private panel of release {release.version} is not there, and figures differ from it: "
                "differences cannot be judged. Publish the same figures for its periods, or restore the panel."
            )
    return found


def _differs(settings: Settings, version: str, printed: list[dict[str, object]]) -> bool:
    key = ("kpi_id", "dim_variant", "sector", "period_start")
    with open_release(settings, version) as connection:
        rows = connection.execute(f"select {', '.join(key)}, weighted_mean from {TABLE}").fetchall()
    before = {row[:-1]: row[-1] for row in rows}
    after = {tuple(row[name] for name in key): row["weighted_mean"] for row in printed if _whole(row)}
    return any(before[cell] != after[cell] for cell in before.keys() & after.keys())


def _whole(row: dict[str, object]) -> bool:
    return all(row[dim] == TOTAL for dim in benchmarks.DIMS[1:])


def _keep(settings: Settings, candidate_id: str, connection: duckdb.DuckDBPyConnection, audits: list[Audit]) -> None:
    """Write the panel and, cell by cell, why it is withheld and who would compute it: for nobody else's eyes."""
    folder = folder_of(settings, candidate_id)
    folder.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.mkdir(mode=0o700, exist_ok=True)
    benchmarks.keep(connection, folder)
    found = {finding.key: finding for one in audits for finding in one.findings}
    reasons = {key: reason for one in audits for key, reason in one.withheld_for.items()}
    with (folder / "withheld.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("quantity", "cell", "withheld_for", "computed_by", "reach"))
        for key in sorted(reasons.keys() | found.keys()):
            cell = ";".join(f"{dim}={code}" for dim, code in key[1])
            finding = found.get(key)
            told = (finding.attacker, finding.reach) if finding else ("", "")
            writer.writerow((key[0], cell, reasons.get(key, ""), *told))
    counts = [one.by_attacker() | {"programs": one.programs, "seconds": one.seconds} for one in audits]
    (folder / "attacks.json").write_text(json.dumps(counts, indent=1) + "\n", encoding="utf-8")
    for file in folder.iterdir():
        file.chmod(0o600)
