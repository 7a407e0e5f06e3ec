"""Scarce water (E14, E15) against plain sums on random sites, some of them without context."""

import random
from datetime import date
from typing import Any

import pytest

from tests.golden.harness import Models, models  # noqa: F401
from tests.golden.invented import answer, entities

DRAWS = 200


def _water(models: Models, kpi: str, sites: list[dict[str, Any]]) -> dict[str, Any]:  # noqa: F811
    answers = [
        answer(site["company"], question, site[question], site_id=site["site"])
        for site in sites
        for question in ("withdrawal_m3", "discharge_m3")
    ]
    answers += [
        answer(s["company"], "basin_id", None, site_id=s["site"], value_text=s["basin"], value_state="value")
        for s in sites
    ]
    context = [
        {"area_kind": "basin", "area": s["basin"], "measure": measure, "value": s[measure], "year": 2020,
         "delivery_id": "d", "row_number": 1, "u_rel": None, "edition": None}
        for s in sites for measure in ("aware_cf", "baseline_water_stress") if s[measure] is not None
    ]  # fmt: skip
    rows = models.run(
        kpi, int_answers=answers, int_answers__entities=entities(sorted({s["company"] for s in sites})),
        stg_local_context__water_context=context,
        stg_landing__delivery=[{"delivery_id": "d", "received_at": date(2025, 1, 1)}],
    )  # fmt: skip
    return {row["entity_id"]: row for row in rows if row["dim_variant"] in (None, "headline")}


def _sites(rng: random.Random) -> list[dict[str, Any]]:
    return [
        {"company": f"C{number // 3}", "site": f"S{number}", "basin": f"Basin {number}",
         "withdrawal_m3": (full := rng.uniform(1, 100)), "discharge_m3": full * rng.uniform(0, 1),
         "aware_cf": rng.choice((None, rng.uniform(0.1, 100), rng.uniform(0.1, 100), rng.uniform(0.1, 100))),
         "baseline_water_stress": rng.choice((None, 0.4, 0.39, rng.uniform(0, 1), rng.uniform(0, 1)))}
        for number in range(3 * DRAWS)
    ]  # fmt: skip


def _plain(own: list[dict[str, Any]], context: str) -> tuple[float, float, float]:
    """Give value, low and high by the definition, with M7 bounds."""
    known = [s for s in own if s[context] is not None]
    open_m3, closed = sum(s["m3"] for s in own if s[context] is None), sum(s["m3"] for s in known)
    if context == "aware_cf":
        value = sum(s["m3"] * s[context] for s in known)
        return value, value + 0.1 * open_m3, value + 100 * open_m3
    high = sum(s["m3"] for s in known if s[context] >= 0.4)
    return high / closed if closed else 0, high / (closed + open_m3), (high + open_m3) / (closed + open_m3)


@pytest.mark.parametrize(("kpi", "context"), [("kpi_e14", "aware_cf"), ("kpi_e15", "baseline_water_stress")])
def test_scarce_water_agrees_with_plain_sums(models: Models, kpi: str, context: str) -> None:  # noqa: F811
    sites = _sites(random.Random(14))
    found = _water(models, kpi, sites)
    for company in found:
        own = [{**s, "m3": s["withdrawal_m3"] - s["discharge_m3"]} for s in sites if s["company"] == company]
        known = [s for s in own if s[context] is not None]
        covered = sum(s["withdrawal_m3"] for s in known) / sum(s["withdrawal_m3"] for s in own)
        value, *bounds = _plain(own, context)
        row = found[company]
        assert (row["status"] == "ok") == (covered >= 0.8)
        assert row["coverage"] == pytest.approx(covered, abs=1e-6)
        if row["status"] == "ok":
            assert row["value"] == pytest.approx(value, abs=1e-6)
        if len(known) < len(own):
            assert (row["value_low"], row["value_high"]) == pytest.approx(bounds, abs=1e-5)
