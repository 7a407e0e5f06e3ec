"""Material of areas and companies (E18, E20, E21) against plain Python on random inputs."""

import random
from datetime import date
from typing import Any

import pytest

from tests.golden.harness import Models, models  # noqa: F401
from tests.golden.invented import answer, entities

DRAWS = 200
Values = dict[str, float]


def test_circular_use_agrees_with_a_plain_ratio(models: Models) -> None:  # noqa: F811
    rng = random.Random(18)
    terms = ("recycled_in_area_t", "waste_import_recycling_t", "waste_export_recycling_t", "dmc_t")
    areas = {f"R{n}": {g: [rng.uniform(10, 20), *(rng.uniform(0, 9) for _ in range(2)), rng.uniform(0, 99)]
                       for g in ("wood", "metal")} for n in range(DRAWS)}  # fmt: skip
    answers = [
        answer(area, term, value, group)
        for area, groups in areas.items()
        for group, values in groups.items()
        for term, value in zip(terms, values, strict=True)
    ]
    found = {(row["entity_id"], row["dim_category"]): row for row in models.run("kpi_e18", int_answers=answers)}
    for area, groups in areas.items():
        total = [sum(column) for column in zip(*groups.values(), strict=True)]
        for group, (here, brought, sent, used) in {**groups, None: total}.items():
            circular = here - brought + sent
            assert found[area, group]["status"] == "ok"
            assert found[area, group]["value"] == pytest.approx(circular / (circular + used), abs=1e-8)


def _material(models: Models, kpi: str, masses: dict[str, Values], factors: Values) -> list[dict[str, Any]]:  # noqa: F811
    answers = [answer(c, "input_t", t, item) for c, items in masses.items() for item, t in items.items()]
    answers += [answer(company, "service_units", 250.0) for company in masses]
    listed = [
        {"material_id": item, "footprint_type": "used_extraction", "value": value, "u_rel": None, "year": 2020,
         "edition": None, "delivery_id": "d", "row_number": 1}
        for item, value in factors.items()
    ]  # fmt: skip
    return models.run(
        kpi, int_answers=answers, int_answers__entities=entities(list(masses)),
        stg_local_context__material_factor=listed,
        stg_landing__delivery=[{"delivery_id": "d", "received_at": date(2025, 1, 1)}],
    )  # fmt: skip


def test_material_agrees_with_plain_sums(models: Models) -> None:  # noqa: F811
    rng = random.Random(20)
    factors = {f"m{number}": rng.uniform(1, 9) for number in range(5)}
    masses = {f"C{n}": {f"m{k}": rng.uniform(0, 50) for k in range(rng.randint(1, 7))} for n in range(DRAWS)}
    added = {row["entity_id"]: row["value_added_eur_const"] / 1e6 for row in entities(list(masses))}
    intensity = {(r["entity_id"], r["dim_variant"]): r for r in _material(models, "kpi_e20", masses, factors)}
    prints = {
        (r["entity_id"], r["dim_category"], r["dim_variant"]): r for r in _material(models, "kpi_e21", masses, factors)
    }
    for company, items in masses.items():
        mass = sum(items.values())
        raw = sum(value * factors[item] for item, value in items.items() if item in factors)
        known = sum(value for item, value in items.items() if item in factors) / mass
        assert intensity[company, "material_intensity"]["value"] == pytest.approx(mass / added[company], abs=1e-6)
        assert intensity[company, "resource_productivity"]["value"] == pytest.approx(
            added[company] * 1e3 / mass, abs=1e-6
        )
        row = prints[company, "used_extraction", "headline"]
        assert (row["status"] == "ok") == (known >= 0.6)
        if known >= 0.6:
            assert row["value"] == pytest.approx(raw, abs=1e-6)
            assert prints[company, "used_extraction", "per_service_unit"]["value"] == pytest.approx(raw * 4, abs=1e-5)
        assert prints[company, "total_material_requirement", "headline"]["status"] == "not_reported"
    whole = sum(sum(items.values()) for items in masses.values()) / sum(added.values())
    assert intensity["network", "material_intensity"]["value"] == pytest.approx(whole, abs=1e-6)
