"""Decoupling (E22–E25) of random panels against plain Python: sums of companies, ratios of sums for bounded drivers."""

import random
from datetime import date
from typing import Any

import pytest

from tests.golden.harness import Models, models  # noqa: F401

DRAWS, YEARS = 200, (2023, 2024)
PAIRS = {"activity_burden_water": False, "wellbeing_resource": True}
Row = dict[str, Any]


def _company(name: str, pair: str, year: int, rng: random.Random) -> Row:
    workers, is_bounded = rng.randint(10, 900), PAIRS[pair]
    driver = round(workers * rng.uniform(0.2, 1), 6) if is_bounded else rng.uniform(1e5, 9e6)
    return {
        "pair_id": pair, "entity_id": name, "year": year, "sector": None, "revenue_eur_const": 100.0,
        "pressure": rng.uniform(10, 900), "half_width": 0.0, "driver": driver,
        "driver_base": workers if is_bounded else None, "coverage": 1.0, "dq_score": 2.0, "primary_share": 1.0,
        "imputed_share": 0.0, "worst_tier": 2, "is_complete": rng.random() < 0.97, "delivery_id": "d", "row_number": 1,
    }  # fmt: skip


def _plain(first: list[Row], second: list[Row]) -> tuple[float, float, float]:
    p0, p1 = (sum(row["pressure"] for row in rows) for rows in (first, second))
    d0, d1 = (
        sum(row["driver"] for row in rows) / (sum(row["driver_base"] for row in rows) if rows[0]["driver_base"] else 1)
        for rows in (first, second)
    )
    return (p1 / p0 - 1) / (d1 / d0 - 1), 1 - (p1 / d1) / (p0 / d0), d1 / d0 - 1


def _class(elasticity: float, growth: float) -> str:
    pressure = elasticity * growth
    if growth > 0 and pressure <= 0:
        return "absolute"
    return "relative" if growth > 0 and pressure < growth else "none"


def _run(models: Models, kpi: str, rows: list[Row]) -> dict[tuple[str, str], Row]:  # noqa: F811
    entities = [
        {"entity_id": name, "year": year, "entity_type": "company", "sector": None, "revenue_eur_const": 100.0,
         "is_registered": True}
        for name in {row["entity_id"] for row in rows} for year in YEARS
    ]  # fmt: skip
    found = models.run(kpi, int_network_totals__companies=rows, int_answers__entities=entities)
    return {(row["entity_id"], row["dim_variant"]): row for row in found}


@pytest.fixture(scope="module")
def panel() -> list[Row]:
    rng = random.Random(25)
    return [_company(f"C{n}", pair, year, rng) for n in range(DRAWS) for pair in PAIRS for year in YEARS]


def _ends(panel: list[Row], pair: str) -> dict[str, list[Row]]:
    members: dict[str, list[Row]] = {}
    for row in panel:
        if row["pair_id"] == pair and row["is_complete"]:
            members.setdefault(row["entity_id"], []).append(row)
    return {name: rows for name, rows in members.items() if len(rows) == len(YEARS)}


@pytest.mark.parametrize("pair", PAIRS)
def test_factor_and_class_agree_with_plain_sums(models: Models, panel: list[Row], pair: str) -> None:  # noqa: F811
    members = _ends(panel, pair)
    factors, classes = (_run(models, kpi, panel) for kpi in ("kpi_e24", "kpi_e23"))
    ends: dict[str, tuple[list[Row], list[Row]]] = {name: ([a], [b]) for name, (a, b) in members.items()}
    ends["network"] = ([a for a, _ in members.values()], [b for _, b in members.values()])
    for name, (first, second) in ends.items():
        elasticity, factor, growth = _plain(first, second)
        assert factors[name, pair]["value"] == pytest.approx(factor, abs=1e-6)
        if abs(growth) >= 0.005:
            assert classes[name, pair]["state"] == _class(elasticity, growth)


def test_only_an_unbounded_driver_has_an_elasticity(models: Models, panel: list[Row]) -> None:  # noqa: F811
    found = _run(models, "kpi_e22", panel)
    assert {pair for _, pair in found} == {"activity_burden_water"}
    for name, (first, second) in _ends(panel, "activity_burden_water").items():
        elasticity, _, growth = _plain([first], [second])
        if abs(growth) >= 0.005:
            assert found[name, "activity_burden_water"]["value"] == pytest.approx(elasticity, abs=1e-5, rel=1e-5)


def test_every_required_pair_is_listed(models: Models, panel: list[Row]) -> None:  # noqa: F811
    rows = _run(models, "kpi_e25", panel).values()
    assert {row["dim_category"] for row in rows} == {"wellbeing_resource", "activity_resource", "activity_burden"}
    listed = {row["dim_variant"]: row for row in rows}
    assert {pair for pair, row in listed.items() if row["status"] == "ok"} == set(PAIRS)
    assert {row["period_end"] for row in rows} == {date(2024, 12, 31)}
