"""Cooperation: targets, value added in regions, small companies and the burden of answering, against second versions."""

from datetime import date, datetime
from typing import Any

import numpy as np
import pytest

from tests.golden.harness import Models, models  # noqa: F401

DRAWS = 200


def _progress(rng: np.random.Generator, number: int) -> dict[str, Any]:
    base, goal, current = rng.choice([-2.0, 0.0, 1.0, 5.0, 20.0, 30.0, 40.0], 3) * rng.uniform(0.5, 1.5, 3)
    goal = base if rng.random() < 0.05 else goal
    return {
        "target_id": f"T{number}", "year": int(rng.integers(2021, 2026)), "entity_type": "company", "entity_id": "X",
        "base_year": 2020, "base_value": base, "target_year": int(rng.integers(2026, 2035)), "target_value": goal,
        "current_value": current, "current_low": current - 1, "current_high": current + 1, "current_status": "ok",
        "obstacle": "goal_is_base" if goal == base else None, "path_kind": None, "dim_sector": None,
        "n_units": 1, "dq_score": 2, "primary_share": 1, "imputed_share": 0, "worst_tier": 2,
    }  # fmt: skip


def _ratios(row: dict[str, Any]) -> tuple[float, float, float | None]:
    base, goal, current = row["base_value"], row["target_value"], row["current_value"]
    done, asked = row["year"] - row["base_year"], row["target_year"] - row["base_year"]
    attainment = (current - base) / (goal - base)
    growth = None
    if min(base, goal, current) > 0:
        growth = ((current / base) ** (1 / done) - 1) / ((goal / base) ** (1 / asked) - 1)
    return attainment, attainment / (done / asked), growth


def _state(row: dict[str, Any], ratio: float) -> str:
    reached = row["current_value"] >= row["target_value"] > row["base_value"]
    if reached or row["current_value"] <= row["target_value"] < row["base_value"]:
        return "achieved"
    limits = ((0.95, "on_track"), (0.6, "moderate"), (0, "insufficient"))
    return next((name for limit, name in limits if round(ratio, 9) >= limit), "moving_away")


def test_targets_agree_with_a_second_calculation(models: Models) -> None:  # noqa: F811
    rng = np.random.default_rng(13)
    rows = [_progress(rng, number) for number in range(DRAWS)]
    n04 = {row["dim_category"]: row for row in models.run("kpi_n04", int_target_progress=rows)}
    n05 = {(r["dim_category"], r["dim_variant"]): r for r in models.run("kpi_n05", int_target_progress=rows)}
    for row in rows:
        name, found = row["target_id"], n04[row["target_id"]]
        if row["obstacle"]:
            assert (found["value"], found["status"]) == (None, "undefined")
            continue
        attainment, linear, growth = _ratios(row)
        headline = linear if growth is None else growth
        assert found["value"] == pytest.approx(attainment, abs=1e-6)
        assert n05[name, "linear"]["value"] == pytest.approx(linear, abs=1e-6)
        assert n05[name, "growth_rate"]["value"] == (growth if growth is None else pytest.approx(growth, abs=1e-6))
        assert n05[name, "headline"]["value"] == pytest.approx(headline, abs=1e-6)
        assert n05[name, "headline"]["state"] == found["state"] == _state(row, headline)


TEXT = dict.fromkeys(("dim_sector", "dim_region", "dim_size_class", "dim_category", "dim_standard", "dim_variant"))
NUMBERS = dict.fromkeys(
    ("value_low", "value_high", "n_units", "dq_score", "primary_share", "imputed_share", "worst_tier")
)


def _result(year: int, value: float, coverage: float = 1.0) -> dict[str, Any]:
    return {
        **TEXT, **NUMBERS, "kpi_id": "E10", "entity_type": "company", "entity_id": "X", "period_start": date(year, 1, 1),
        "period_end": date(year, 12, 31), "value": value, "status": "ok", "coverage": coverage, "dim_hash": str(year),
        "unit": "MWh",
    }  # fmt: skip


def _agreed(day: str, goal: float = 20.0, base: float | None = 40.0, **more: str) -> dict[str, Any]:
    return {
        "target_id": "T", "entity_id": "X", "kpi_id": "E10", "base_year": 2020, "base_value": base, "target_year": 2030,
        "target_value": goal, "agreed_by": "assembly", "agreed_at": date.fromisoformat(day), "delivery_id": "d", "row_number": 1, **more,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("results", "targets", "expected"),
    [
        ([_result(2025, 30)], [_agreed("2021-01-01")], (0.5, "ok", "moderate")),
        ([_result(2020, 40), _result(2025, 30)], [_agreed("2021-01-01")], (0.5, "ok", "moderate")),
        ([_result(2020, 50), _result(2025, 30)], [_agreed("2021-01-01")], (2 / 3, "ok", "on_track")),
        ([_result(2020, 41), _result(2025, 30)], [_agreed("2021-01-01")], (0.5, "ok", "moderate")),
        ([_result(2020, 40, 0.9), _result(2025, 30)], [_agreed("2021-01-01")], (None, "insufficient_coverage", None)),
        ([_result(2025, 30)], [_agreed("2021-01-01"), _agreed("2025-06-01", 30)], (1, "ok", "achieved")),
        ([_result(2025, 30)], [_agreed("2021-01-01"), _agreed("2026-01-01", 30)], (0.5, "ok", "moderate")),
        ([_result(2025, 30)], [_agreed("2021-01-01", base=None)], (None, "not_reported", "no_base_value")),
        ([_result(2025, 30)], [_agreed("2021-01-01", target_set_id="A")], (None, "not_applicable", None)),
    ],
)  # fmt: skip
def test_a_target_is_measured_by_the_version_in_force(
    models: Models,  # noqa: F811
    results: list[dict[str, Any]],
    targets: list[dict[str, Any]],
    expected: tuple[float | None, str, str | None],
) -> None:
    sent = [{"target_set_id": None, "pillar": None, "dim_variant": None, "path_kind": None, **row} for row in targets]
    value, status, state = expected
    rows = {(row["dim_category"], row["period_start"].year): row for row in _assessed(models, results, sent)}
    found = rows["T", 2025]
    assert found["value"] == (value if value is None else pytest.approx(value, abs=1e-6))
    assert found["status"] == status
    assert state is None or found["state"] == state


def _assessed(
    models: Models,  # noqa: F811
    results: list[dict[str, Any]],
    targets: list[dict[str, Any]],
) -> list[dict[str, Any]]:
    # A row of somebody else says which columns hold text and which hold numbers.
    other = {**_result(2025, 1), **dict.fromkeys(TEXT, "x"), **dict.fromkeys(NUMBERS, 1), "entity_id": "Y"}
    empty = {**_agreed("2021-01-01"), "target_id": "U", "kpi_id": "E01", "entity_id": "Y"}
    empty |= dict.fromkeys(("target_set_id", "pillar", "dim_variant", "path_kind", "agreed_path"), "x")
    return models.run(
        "kpi_n04",
        int_kpi_values=[*results, other],
        stg_cooperation__target=[*targets, empty],
        stg_landing__delivery=[{"delivery_id": "d", "received_at": datetime(2026, 1, 1)}],
    )
