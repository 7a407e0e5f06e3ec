"""Living wages (S01–S03) against golden G5 and plain Python sums on 200 random sets of companies."""

import random
from datetime import date
from typing import Any

import pytest

from tests.golden.harness import Models, models  # noqa: F401

NETWORKS, YEAR = 200, 2024
START, END = date(YEAR, 1, 1), date(YEAR, 12, 31)
PARTS = ("n_workers", "basic_wage_month", "standard_weekly_hours", "guaranteed_bonus_month", "in_kind_month")
G5 = ((40, 250, 48, 10, 30), (25, 300, 54, 0, 20), (30, 330, 48, 15, 0), (5, 180, 48, 0, 150))
Cell = tuple[int, float, float, float, float | None]


def _answers(entity: str, cells: tuple[Cell, ...]) -> list[dict[str, Any]]:
    return [
        {
            "entity_id": entity, "site_id": None, "question_id": part, "item": f"job{place}", "year": YEAR,
            "period_start": START, "value": value, "value_text": str(value), "unit": "", "is_imputed": False,
            "value_state": "unknown" if value is None else "zero" if value == 0 else "value", "data_tier": 2,
            "delivery_id": "d", "row_number": place,
        }
        for place, cell in enumerate(cells)
        for part, value in zip(PARTS, cell, strict=True)
    ]  # fmt: skip


def _run(models: Models, kpi: str, companies: dict[str, tuple[Cell, ...]], wages: dict[str, float]) -> dict[str, Any]:  # noqa: F811
    entities = [
        {"entity_id": name, "year": YEAR, "entity_type": "company", "country": name, "period_start": START,
         "period_end": END}
        for name in companies
    ]  # fmt: skip
    benchmarks = [
        {"country": name, "area_key": "", "year": YEAR, "method": "Anker", "method_rank": 1, "living_wage_eur": wage,
         "delivery_id": "d", "row_number": 1}
        for name, wage in wages.items()
    ]  # fmt: skip
    register = [{"entity_id": name, "year": YEAR, "region_code": None, "headcount": None} for name in companies]
    answers = [row for name, cells in companies.items() for row in _answers(name, cells)]
    rows = models.run(
        kpi, int_answers=answers, int_answers__entities=entities, int_companies=register, int_living_wages=benchmarks
    )
    return {row["entity_id"]: row for row in rows}


def _plain(cells: tuple[Cell, ...], wage: float) -> tuple[float | None, float | None, float | None]:
    count = below = gaps = 0.0
    for n, basic, hours, bonus, in_kind in cells:
        if in_kind is None:
            continue
        pay = basic * (48 / hours if hours > 48 else 1) + bonus + (in_kind if in_kind < 0.3 * wage else 0.3 * wage)
        count += n
        if round(pay, 9) < wage:
            below, gaps = below + n, gaps + n * (wage - pay)
    return below / count if count else None, gaps / (wage * below) if below else None, 12 * gaps if count else None


def _random_cells(rng: random.Random) -> tuple[Cell, ...]:
    return tuple(
        (rng.randint(1, 50), rng.randint(100, 500), rng.choice((36, 48, 54, 60)), rng.randint(0, 40),
         rng.choice((0, 30, 150, 150.5, None)))
        for _ in range(rng.randint(1, 6))
    )  # fmt: skip


@pytest.mark.parametrize(("kpi", "expected"), [("kpi_s01", 0.7), ("kpi_s02", 0.100595), ("kpi_s03", 27040.0)])
def test_golden_g5(models: Models, kpi: str, expected: float) -> None:  # noqa: F811
    row = _run(models, kpi, {"VN": G5}, {"VN": 320.0})["VN"]
    assert row["status"] == "ok"
    assert row["value"] == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(("place", "kpi"), enumerate(("kpi_s01", "kpi_s02", "kpi_s03")))
def test_living_wages_agree_with_plain_sums(models: Models, place: int, kpi: str) -> None:  # noqa: F811
    rng = random.Random(place)
    companies = {f"C{number}": _random_cells(rng) for number in range(NETWORKS)}
    wages = {name: float(rng.randint(200, 450)) for name in companies}
    found = _run(models, kpi, companies, wages)
    for name, cells in companies.items():
        known = sum(cell[0] for cell in cells if cell[4] is not None)
        expected = _plain(cells, wages[name])[place]
        enough = round(known / sum(cell[0] for cell in cells), 9) >= 0.8
        assert (found[name]["status"] == "ok") == (enough and expected is not None)
        if found[name]["status"] == "ok":
            assert found[name]["value"] == pytest.approx(expected, abs=1e-6)
