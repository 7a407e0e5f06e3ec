"""Hours, deaths and pay of 200 random companies (S04, S07, S10) against second implementations."""

from datetime import date
from math import sqrt
from random import Random
from typing import Any

import numpy as np
import pytest

from tests.golden.harness import Models, models  # noqa: F401
from tests.golden.test_governance import NAMES, answer, results

Z = 1.959964


def wilson(k: float, n: float) -> tuple[float, float]:
    """Ends of the interval as roots of the quadratic equation that defines it."""
    roots = np.roots([1 + Z * Z / n, -(2 * k / n + Z * Z / n), (k / n) ** 2]).real
    return float(min(roots)), float(max(roots))


def test_weeks_above_the_limits_per_site_and_company(models: Models) -> None:  # noqa: F811
    rng, answers, given = Random(4), [], {}
    for name in NAMES:
        sites = {f"s{n}": (rng.randint(20, 900), rng.choice((None, 0, 5, 20))) for n in range(rng.randint(1, 3))}
        given[name] = sites
        for site, (total, over) in sites.items():
            answers.append(answer(name, "worker_weeks_total", float(total), site=site))
            answers.append(answer(name, "worker_weeks_over_60", over, site=site))
    answers = [{**row, "value": None if row["value"] is None else float(row["value"])} for row in answers]
    rows = results(models, "kpi_s04", answers)
    for name, sites in given.items():
        known = [(total, over) for total, over in sites.values() if over is not None]
        k, n, row = sum(over for _, over in known), sum(total for total, _ in known), rows[name, "over_60_total"]
        assert row["coverage"] == pytest.approx(n / sum(total for total, _ in sites.values()))
        assert row["status"] == (
            "not_reported" if not known else "ok" if row["coverage"] >= 0.8 else "insufficient_coverage"
        )
        if known:
            assert (row["value_low"], row["value_high"]) == pytest.approx(wilson(k, n), abs=1e-7)
            assert row["value"] == (pytest.approx(k / n) if row["status"] == "ok" else None)
        for site, (total, over) in sites.items():
            one = rows[f"{name}|{site}", "over_60_total"]
            assert one["value"] == (None if over is None else pytest.approx(over / total))


def test_deaths_per_million_hours(models: Models) -> None:  # noqa: F811
    rng, answers, given = Random(7), [], {}
    for name in NAMES:
        hours, deaths = float(rng.randint(0, 4) * 250_000), rng.choice((None, 0, 1, 3))
        given[name] = hours, deaths
        for question, value in (("hours_worked", hours), ("fatalities", deaths)):
            answers.append({
                "entity_id": name, "question_id": question, "item": "", "year": 2024, "data_tier": 2,
                "value": None if value is None else float(value), "value_state": "value", "is_imputed": False,
            })  # fmt: skip
    ends = {"year": 2024, "entity_type": "company", "period_start": date(2024, 1, 1), "period_end": date(2024, 12, 31)}
    entities: list[dict[str, Any]] = [{"entity_id": name, **ends} for name in NAMES]
    found = models.run("kpi_s07", int_answers=answers, int_answers__entities=entities)
    for row in found:
        hours, deaths = given[row["entity_id"]]
        status = "not_reported" if deaths is None else "ok" if hours else "undefined"
        assert row["status"] == status
        if status == "ok":
            top = (deaths + 1) * (1 - 1 / (9 * (deaths + 1)) + Z / (3 * sqrt(deaths + 1))) ** 3
            assert (row["value"], row["value_high"]) == pytest.approx((deaths * 1e6 / hours, top * 1e6 / hours))


def pay_rows(name: str, cells: np.ndarray) -> list[dict[str, Any]]:
    """Answers of a company: cells of job category × gender × (pay, hours)."""
    rows = []
    for job, gender, place in np.ndindex(3, 2, 2):
        row = answer(name, ("gross_pay_total", "hours_paid")[place], float(cells[job, gender, place]))
        rows.append({**row, "job_category": f"job{job}", "gender": ("male", "female")[gender]})
    return rows


def test_pay_gap_of_all_and_within_categories(models: Models) -> None:  # noqa: F811
    rng = np.random.default_rng(10)
    pays = {
        name: np.stack([rng.integers(9_000, 90_000, (3, 2)), rng.integers(100, 2_000, (3, 2))], axis=2)
        for name in NAMES
    }
    ends = {"year": 2024, "entity_type": "company", "country": "DE", "period_start": date(2024, 1, 1)}
    found = models.run(
        "kpi_s10",
        int_stated_answers=[row for name, cells in pays.items() for row in pay_rows(name, cells)],
        int_answers__entities=[{"entity_id": name, **ends, "period_end": date(2024, 12, 31)} for name in NAMES],
        int_workforce=[{"entity_id": "none", "year": 2024, "workers": 1}],
    )
    rows = {(row["entity_id"], row["dim_variant"]): row for row in found}
    for name, cells in pays.items():
        men, women = (cells[:, gender, 0].sum() / cells[:, gender, 1].sum() for gender in (0, 1))
        rates = cells[..., 0] / cells[..., 1]
        within = np.average(1 - rates[:, 1] / rates[:, 0], weights=cells[..., 1].sum(axis=1))
        assert rows[name, "all_employees"]["value"] == pytest.approx(1 - women / men, abs=1e-8)
        assert rows[name, "same_category"]["value"] == pytest.approx(within, abs=1e-8)
