"""The gate fails closed: whatever keeps it from judging, nothing is released. Each fault is shown to have fired."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from expectations.declaration import no_rows, row_count
from expectations.gate import judge
from expectations.suites import SUITES
from tests.fixtures.public_candidate import (
    AT,
    Rows,
    declared,
    network,
    ready,
    restated_rows,
    sound_rows,
    write_candidate,
)
from warehouse.ledger import Ledger
from warehouse.release import ReleaseRefused, listing, publish
from warehouse.settings import Settings
from warehouse.verdict import FAILED, NOT_CHECKED, PASSED, NoVerdict, load_verdict, save_verdict, verdict_file

CANDIDATE = "s1-1"
# A query that would run for hours; the time limit must end it.
ENDLESS = no_rows(
    "never_ends", "select a.i from range(100000000) a(i), range(100000000) b(i) where a.i * b.i < 0", "Slow."
)
SMALL = {table: (row_count("is_there", 1, "One cheap check."),) for table in SUITES}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return network(tmp_path)


def rows(settings: Settings, **other: list[dict[str, object]]) -> Rows:
    return declared(settings, sound_rows() | other)


def broken_cell(settings: Settings, sql: str) -> str:
    """Judge a candidate in which one thing is wrong; the state."""
    path = write_candidate(settings, CANDIDATE, rows(settings))
    with duckdb.connect(str(path)) as connection:
        connection.execute(sql)
    return judge(settings, CANDIDATE, AT).state


def empty_suite(settings: Settings) -> str:
    write_candidate(settings, CANDIDATE, rows(settings))
    return judge(settings, CANDIDATE, AT, suites={**SMALL, "fact_kpi_value": ()}).state


def missing_column(settings: Settings) -> str:
    return broken_cell(settings, "alter table marts.fact_kpi_value drop column coverage")


def raised_exception(settings: Settings) -> str:
    write_candidate(settings, CANDIDATE, rows(settings))
    bad = no_rows("cannot_run", "select nonsense(kpi_id) from {batch} as v", "It cannot run.")
    verdict = judge(settings, CANDIDATE, AT, suites={**SMALL, "dim_kpi": (bad,)})
    assert [c.name for c in verdict.checks if c.outcome == NOT_CHECKED] == ["cannot_run"], "only the culprit is named"
    return verdict.state


def no_rows_at_all(settings: Settings) -> str:
    write_candidate(settings, CANDIDATE, {})
    verdict = judge(settings, CANDIDATE, AT, suites=SMALL)
    assert any("must have rows" in problem for problem in verdict.problems)
    return verdict.state


def not_a_number(settings: Settings) -> str:
    return broken_cell(settings, "update marts.fact_kpi_value set value = 'nan' where entity_id = 'C0001'")


def other_bytes(settings: Settings) -> str:
    ready(settings, CANDIDATE)
    state = load_verdict(settings, CANDIDATE).state
    write_candidate(settings, CANDIDATE, declared(settings, restated_rows(2.0)))
    return state


def timeout(settings: Settings) -> str:
    write_candidate(settings, CANDIDATE, rows(settings))
    verdict = judge(settings, CANDIDATE, AT, suites={**SMALL, "dim_kpi": (ENDLESS,)}, limit_seconds=2)
    assert any("did not finish" in problem for problem in verdict.problems)
    assert verdict.seconds < 60
    return verdict.state


def missing_candidate(settings: Settings) -> str:
    return judge(settings, CANDIDATE, AT).state


def tampered_verdict(settings: Settings) -> str:
    assert not_a_number(settings) == FAILED
    path = verdict_file(settings, CANDIDATE)
    path.write_text(path.read_text(encoding="utf-8").replace('"failed"', '"passed"'), encoding="utf-8")
    with pytest.raises(NoVerdict, match="changed after the gate wrote it"):
        load_verdict(settings, CANDIDATE)
    return str(json.loads(path.read_text(encoding="utf-8"))["state"])


def fewer_than_declared(settings: Settings) -> str:
    ready(settings, CANDIDATE)
    verdict = load_verdict(settings, CANDIDATE)
    save_verdict(settings, replace(verdict, checks=verdict.checks[1:]))
    return load_verdict(settings, CANDIDATE).state


def not_checked(settings: Settings) -> str:
    ready(settings, CANDIDATE)
    save_verdict(settings, replace(load_verdict(settings, CANDIDATE), state=NOT_CHECKED))
    return load_verdict(settings, CANDIDATE).state


def verdict_of_another(settings: Settings) -> str:
    ready(settings, CANDIDATE)
    ready(settings, "s2-2", restated_rows(2.0))
    verdict_file(settings, CANDIDATE).write_bytes(verdict_file(settings, "s2-2").read_bytes())
    return load_verdict(settings, CANDIDATE).state


def planted_leak(settings: Settings) -> str:
    """One group is nearly all of a benchmark that is printed; its six groups are more than the agreed five."""
    path = write_candidate(settings, CANDIDATE, rows(settings))
    private, cell = "intermediate.int_benchmark", "sector = 'CI'"
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"update {private}_contributions set numerator = 1 where {cell} and group_id <> 'G0'")
        connection.execute(f"update {private}_contributions set numerator = 241 where {cell} and group_id = 'G0'")
        connection.execute(f"update {private}_audit set top1 = 241, top2 = 1 where {cell} and measure = 'numerator'")
    verdict = judge(settings, CANDIDATE, AT)
    assert [check.name for check in verdict.failures] == ["secrets_are_withheld"]
    assert "CI" not in json.dumps([check.observed + check.reason for check in verdict.failures]), "the cell is named"
    return verdict.state


def unaudited_benchmark(settings: Settings) -> str:
    return broken_cell(settings, "drop table intermediate.int_benchmark_contributions")


FAULTS: list[tuple[Callable[[Settings], str], str, str]] = [
    (empty_suite, NOT_CHECKED, "has no expectations"),
    (missing_column, NOT_CHECKED, "not checked"),
    (raised_exception, NOT_CHECKED, "cannot_run"),
    (no_rows_at_all, NOT_CHECKED, "must have rows"),
    (not_a_number, FAILED, "value_is_finite"),
    (other_bytes, PASSED, "changed after the gate saw it"),
    (timeout, NOT_CHECKED, "did not finish"),
    (missing_candidate, NOT_CHECKED, "no verdict"),
    (tampered_verdict, PASSED, "changed after the gate wrote it"),
    (fewer_than_declared, PASSED, "not checked"),
    (not_checked, NOT_CHECKED, "not checked"),
    (planted_leak, FAILED, "too few groups, or on one of them"),
    (unaudited_benchmark, NOT_CHECKED, "nobody can audit"),
    (verdict_of_another, PASSED, "is about s2-2"),
]


@pytest.mark.parametrize(("fault", "state", "reason"), FAULTS, ids=lambda part: getattr(part, "__name__", ""))
def test_a_gate_fault_releases_nothing(
    settings: Settings, fault: Callable[[Settings], str], state: str, reason: str
) -> None:
    assert fault(settings) == state, "the fault did not fire"
    ledger = Ledger.open(settings)
    with pytest.raises(ReleaseRefused, match=reason):
        publish(settings, ledger, CANDIDATE, AT)
    assert (listing(settings), ledger.steps(step="release")) == ([], [])


def test_sound_data_pass_the_whole_gate_and_are_released(settings: Settings) -> None:
    write_candidate(settings, CANDIDATE, rows(settings))
    verdict = judge(settings, CANDIDATE, AT)
    assert (verdict.state, len(verdict.checks), verdict.failures) == (PASSED, verdict.declared, [])
    assert publish(settings, Ledger.open(settings), CANDIDATE, AT).version == "2026.1"


def test_a_table_that_loses_most_of_its_rows_since_the_last_release_is_refused(settings: Settings) -> None:
    publish(settings, Ledger.open(settings), ready(settings, CANDIDATE), AT)
    write_candidate(settings, "s2-2", rows(settings, fct_data_finding=[], dim_kpi=sound_rows()["dim_kpi"][:1]), "s2")
    verdict = judge(settings, "s2-2", AT)
    named = {(check.table, check.name) for check in verdict.failures}
    assert verdict.state == FAILED
    lost = {
        ("fct_data_finding", "has_rows"),
        ("fct_data_finding", "rows_are_not_lost"),
        ("dim_kpi", "rows_are_not_lost"),
    }
    assert lost <= named


def with_mean(settings: Settings, mean: float) -> Rows:
    """Sound rows in which the benchmark of one sector is another, wherever it is printed."""
    found = rows(settings)
    for table in ("benchmark_cell", "benchmark_sector"):
        cells = [cell | ({"weighted_mean": mean} if cell["sector"] == "CA" else {}) for cell in found.get(table, [])]
        found |= {table: cells}
    return found


def second_release(settings: Settings, changed: int) -> str:
    """Release, then judge a candidate whose benchmark differs because some of twelve groups delivered more."""
    write_candidate(settings, CANDIDATE, rows(settings))
    assert judge(settings, CANDIDATE, AT, suites=SMALL).state == PASSED
    publish(settings, Ledger.open(settings), CANDIDATE, AT)
    path = write_candidate(settings, "s2-2", with_mean(settings, 43.0), "s2")
    one = f"case when cast(substr(group_id, 2) as integer) < {changed} then 41 + 24.0 / {changed} else 41 end"
    with duckdb.connect(str(path)) as connection:
        connection.execute(f"update intermediate.int_benchmark_contributions set numerator = {one} where sector = 'CA' "
                           "and kpi_id = 'E05'")  # fmt: skip
    return judge(settings, "s2-2", AT, suites=SMALL).state


def test_a_joiner_between_two_releases_stops_the_second(settings: Settings) -> None:
    assert second_release(settings, changed=1) == FAILED
    with pytest.raises(ReleaseRefused, match="Set off against an earlier release"):
        publish(settings, Ledger.open(settings), "s2-2", AT)
    assert [release.version for release in listing(settings)] == ["2026.1"]


def test_a_change_by_enough_groups_is_released(settings: Settings) -> None:
    assert second_release(settings, changed=12) == PASSED


def test_without_the_private_panel_of_an_earlier_release_changed_figures_are_not_judged(settings: Settings) -> None:
    publish(settings, Ledger.open(settings), ready(settings, CANDIDATE), AT)
    write_candidate(settings, "s2-2", with_mean(settings, 43.0), "s2")
    verdict = judge(settings, "s2-2", AT, suites=SMALL)
    assert verdict.state == NOT_CHECKED
    assert any("private panel of release 2026.1 is not there" in problem for problem in verdict.problems)


def test_the_gate_writes_nothing_into_the_working_folder(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    write_candidate(settings, CANDIDATE, rows(settings))
    here = settings.home / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    assert judge(settings, CANDIDATE, AT, suites=SMALL).state == PASSED
    assert list(here.iterdir()) == []
