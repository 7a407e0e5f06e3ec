"""The gate: judges a candidate and writes the verdict; it fails closed.

A candidate passes only if every declared expectation of every table to be released ran, none raised, each of these
tables has rows, no critical expectation failed, and the bytes were the same before and after.
"""

import time
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from expectations.auditor.cells import Unauditable
from expectations.auditor.check import audit_checks
from expectations.baseline import Baseline, baseline_of, change_suite
from expectations.checker import checker
from expectations.common import common_suite
from expectations.declaration import Suite
from expectations.suites import SUITES
from warehouse.archive import file_sha256
from warehouse.connection import connect
from warehouse.policy import PolicyError, load_policy
from warehouse.public_tables import PublicTable, UndeclaredTable, public_tables
from warehouse.release import NoRelease
from warehouse.settings import Settings
from warehouse.verdict import Check, Verdict, candidate_file, save_verdict, state_of

LIMIT_SECONDS = 600.0


def judge(
    settings: Settings,
    candidate_id: str,
    at: datetime,
    suites: Mapping[str, Suite] = SUITES,
    limit_seconds: float = LIMIT_SECONDS,
) -> Verdict:
    """Judge a candidate and save the verdict: passed, failed, or not_checked if anything kept it from checking."""
    started = time.monotonic()
    path = candidate_file(settings, candidate_id)
    if not path.is_file():
        problem = f"There is no candidate {candidate_id} in the work folder: build it first."
        return Verdict(candidate_id, "", state_of([], 0, [problem]), [], at, problems=[problem])
    digest = file_sha256(path)
    try:
        checks, declared, left_out, problems = _examine(settings, path, suites, limit_seconds)
    except (duckdb.Error, UndeclaredTable, OSError) as error:
        checks, declared, left_out, problems = [], 0, [], [f"The candidate could not be examined: {error}"]
    attacked, audit, open_questions = _attack(settings, candidate_id, path, started + limit_seconds)
    checks, declared, problems = checks + attacked, declared + len(attacked), problems + open_questions
    if file_sha256(path) != digest:
        problems.append("The candidate changed while the gate looked at it: build it again.")
    state, seconds = state_of(checks, declared, problems), round(time.monotonic() - started, 3)
    verdict = Verdict(candidate_id, digest, state, checks, at, declared, left_out, problems, seconds, audit)
    save_verdict(settings, verdict)
    return verdict


def _examine(
    settings: Settings, path: Path, suites: Mapping[str, Suite], limit_seconds: float
) -> tuple[list[Check], int, list[str], list[str]]:
    tables = public_tables(settings)
    rows = _row_counts(path)
    problems = [_missing(table, rows) for table in tables if _missing(table, rows)]
    baseline = baseline_of(settings)
    # A table that was released before is judged even if it is empty now: its disappearance must not go out unseen.
    judged = [t for t in tables if rows.get(t.name) or (t.name in rows and baseline.rows.get(t.name))]
    left_out = [t.name for t in tables if not t.required and t not in judged and t.name in rows]
    planned: dict[str, Suite] = {}
    for table in judged:
        if not suites.get(table.name):
            problems.append(f"{table.name} has no expectations: write its suite in expectations/{table.name}.py.")
        else:
            planned[table.name] = plan(table, suites[table.name], baseline)
    checks: list[Check] = []
    with checker(path, limit_seconds) as open_checker:
        for name, suite in planned.items():
            checks += open_checker.check(name, suite)
        if open_checker.expired:
            problems.append(f"The gate did not finish within {limit_seconds:g} seconds.")
    return checks, sum(len(suite) for suite in planned.values()), left_out, problems


def _attack(
    settings: Settings, candidate_id: str, path: Path, until: float
) -> tuple[list[Check], dict[str, Any], list[str]]:
    """Let the auditor try to compute what is withheld; whatever stops it is a problem, never a pass."""
    try:
        checks, summary = audit_checks(settings, candidate_id, path, load_policy(settings).sdc, until)
    except (Unauditable, PolicyError, NoRelease, duckdb.Error, OSError, KeyError, ValueError) as error:
        return [], {}, [f"The auditor could not finish: {error}"]
    return checks, summary, []


def plan(table: PublicTable, suite: Suite, baseline: Baseline) -> Suite:
    """All expectations of one table: what holds for all, its own suite, change since the current release."""
    whole = common_suite(table, baseline.rows.get(table.name)) + suite + change_suite(table.name, baseline)
    names = [expectation.name for expectation in whole]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise UndeclaredTable(f"{table.name}: two expectations are called {', '.join(twice)}; rename one.")
    return whole


def _row_counts(path: Path) -> dict[str, int]:
    with connect(path) as connection:
        names = connection.execute(
            "select table_name from information_schema.tables where table_schema = 'marts'"
        ).fetchall()
        counted = [connection.execute(f'select count(*) from marts."{name}"').fetchone() for (name,) in names]
    return {name: int(count[0]) for (name,), count in zip(names, counted, strict=True) if count}


def _missing(table: PublicTable, rows: Mapping[str, int]) -> str:
    if table.name not in rows:
        return f"{table.name} is declared public but missing in the candidate."
    if table.required and rows[table.name] == 0:
        return f"{table.name} must have rows and is empty."
    return ""
