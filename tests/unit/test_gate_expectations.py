"""Every expectation refuses the defect it was written for, and none complains about sound data."""

from pathlib import Path

import duckdb
import pytest

from expectations.baseline import Baseline
from expectations.checker import checker
from expectations.declaration import Expectation
from expectations.gate import plan
from expectations.suites import SUITES
from tests.fixtures.breaking import BREAKING, broken
from tests.fixtures.public_candidate import declared, network, sound_rows, write_candidate
from warehouse.public_tables import public_tables
from warehouse.settings import PROJECT
from warehouse.verdict import FAILED, PASSED, Check

TABLES = {table.name: table for table in public_tables(network(PROJECT))}
BEFORE = Baseline("2026.1", dict.fromkeys(TABLES, 2), (("E01", "t CO2e", 55.0),))
CASES = [
    (table, expectation)
    for table in sorted(TABLES)
    if table in SUITES
    for expectation in plan(TABLES[table], SUITES[table], BEFORE)
]
Found = dict[tuple[str, str], Check]


@pytest.fixture(scope="module")
def candidate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One file with the sound tables in `marts` and, for each case, a schema that holds the broken table."""
    settings = network(tmp_path_factory.mktemp("gate"))
    path = write_candidate(settings, "s1-1", declared(settings, sound_rows()))
    with duckdb.connect(str(path)) as connection:
        for number, (table, expectation) in enumerate(CASES):
            connection.execute(f"create schema case_{number}")
            connection.execute(f"create table case_{number}.{table} as from marts.{table}")
            for statement in (broken(table, expectation) or "").split(";"):
                connection.execute(statement.replace("{t}", f"case_{number}.{table}"))
    return path


@pytest.fixture(scope="module")
def verdicts(candidate: Path) -> Found:
    """What each expectation says about its broken table, all from one engine."""
    with checker(candidate) as opened:
        found = [
            opened.check(table, (expectation,), f"case_{number}")[0]
            for number, (table, expectation) in enumerate(CASES)
        ]
    return {(check.table, check.name): check for check in found}


@pytest.mark.parametrize(("table", "expectation"), CASES, ids=lambda part: getattr(part, "name", part))
def test_an_expectation_refuses_its_defect(verdicts: Found, table: str, expectation: Expectation) -> None:
    check = verdicts[table, expectation.name]
    assert (check.outcome, check.severity) == (FAILED, expectation.severity), check.observed


@pytest.mark.parametrize("table", sorted(set(TABLES) & set(SUITES)))
def test_sound_rows_pass_every_expectation(candidate: Path, table: str) -> None:
    suite = plan(TABLES[table], SUITES[table], Baseline("2026.1", {table: 1}, BEFORE.means))
    with checker(candidate) as opened:
        checks = opened.check(table, suite)
    assert len(checks) == len(suite)
    assert [check for check in checks if check.outcome != PASSED] == []


def test_a_coverage_below_the_threshold_of_the_catalogue_is_refused(tmp_path: Path) -> None:
    settings = network(tmp_path)
    rows = declared(settings, sound_rows())
    rows["fact_kpi_value"][0]["coverage"] = 0.79
    with checker(write_candidate(settings, "s1-1", rows)) as opened:
        checks = opened.check("fact_kpi_value", SUITES["fact_kpi_value"])
    assert [check.name for check in checks if check.outcome != PASSED] == ["coverage_is_sufficient"]


def test_every_expectation_has_an_example_and_every_example_an_expectation() -> None:
    without = [(table, e.name) for table, e in CASES if broken(table, e) is None]
    known = {(table, e.name) for table, e in CASES}
    idle = [(t, name) for t, examples in BREAKING.items() if t in TABLES for name in examples if (t, name) not in known]
    assert (without, idle) == ([], [])


def test_every_public_table_has_a_suite_and_every_expectation_a_reason() -> None:
    assert sorted(set(TABLES) - set(SUITES)) == []
    assert [e.name for _, e in CASES if not e.reason.endswith((".", "secret."))] == []
    assert len(CASES) > 100
