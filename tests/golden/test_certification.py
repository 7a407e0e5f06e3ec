"""C02, C05 and C07 against a second implementation that walks through the days of random certificates one by one."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from tests.golden.harness import Models, models  # noqa: F401

START, END = date(2025, 1, 1), date(2025, 12, 31)
SUPPLIERS = [f"s{number}" for number in range(12)]
Row = dict[str, Any]
UNSAID = (
    "standard_version", "site_id", "product_scope", "topic_scope", "assurance_type", "accreditation_body",
    "stage_reached", "stage_count", "match_score", "status_from_date", "status_to_date", "validated_date",
    "is_recognised_by_registry",
)  # fmt: skip


def _random(seed: int) -> tuple[list[Row], list[Row]]:
    """Purchases of one buyer from twelve suppliers, and certificates that overlap, follow each other or leave gaps."""
    rng = np.random.default_rng(seed)
    bought = [
        {"buyer_id": "B", "supplier_id": one, "year": 2025, "spend_eur": money, "spend_weight_eur": money}
        for one, money in zip(SUPPLIERS, rng.integers(1, 500, 12).tolist(), strict=True)
    ]
    certificates: list[Row] = []
    for number in range(24):
        first = START + timedelta(days=int(rng.integers(-200, 420)))
        last = first + timedelta(days=int(rng.integers(10, 400)))
        withdrawn = first + timedelta(days=int(rng.integers(1, 300))) if rng.random() < 0.2 else None
        certificates.append({
            "certificate_id": f"c{number}", "standard_id": "SA8000", "holder_id": SUPPLIERS[int(rng.integers(0, 10))],
            "status": "withdrawn" if withdrawn else "valid", "issued_date": first, "valid_from_date": first,
            "valid_to_date": last, "withdrawn_date": withdrawn, "retrieved_date": date(2026, 6, 1),
            "delivery_id": "d", "row_number": number, "received_at": "2026-06-02",
        })  # fmt: skip
    # The registry was searched for everybody.
    certificates += [
        {"certificate_id": f"n{one}", "standard_id": "NO_RECORD", "holder_id": one, "status": "no_certificate"}
        for one in SUPPLIERS
    ]
    return bought, certificates


def _covered_days(certificates: list[Row], supplier: str) -> set[date]:
    days: set[date] = set()
    for row in certificates:
        if row["holder_id"] == supplier and row["status"] != "no_certificate":
            day, stop = row["valid_from_date"], row["withdrawn_date"]
            while day <= row["valid_to_date"] and not (stop and day >= stop):
                days.add(day)
                day += timedelta(days=1)
    return days


def _found(engine: Models, kpi: str, bought: list[Row], certificates: list[Row]) -> dict[str, float]:
    shapes: dict[str, list[Row]] = {
        "int_companies": [{"entity_id": "B", "year": 2025, "sector": "C"}],
        "int_purchases": [{**row, "production_site_id": None} for row in bought],
        "stg_certification_registry__certificate": [{**dict.fromkeys(UNSAID), **row} for row in certificates],
    }
    rows = engine.run(kpi, **shapes)
    return {
        row["dim_variant"] or "": row["value"]
        for row in rows
        if row["entity_type"] == "company" and row["dim_standard"] == "any"
    }


@pytest.mark.parametrize("seed", range(8))
def test_days_sites_and_horizons_agree_with_a_walk_through_the_calendar(models: Models, seed: int) -> None:  # noqa: F811
    bought, certificates = _random(seed)
    days = {row["supplier_id"]: _covered_days(certificates, row["supplier_id"]) for row in bought}
    year = [START + timedelta(days=step) for step in range(365)]
    spend = np.array([float(row["spend_eur"]) for row in bought])
    held = np.array([[day in days[row["supplier_id"]] for day in year] for row in bought])
    shares = _found(models, "kpi_c05", bought, certificates)
    assert shares["spend_weighted"] == pytest.approx(float(spend @ held.mean(axis=1) / spend.sum()), abs=1e-6)
    assert shares["unweighted"] == pytest.approx(float(held.mean()), abs=1e-6)
    at_end = held[:, -1]
    assert _found(models, "kpi_c02", bought, certificates)[""] == pytest.approx(float(at_end.mean()), abs=1e-6)
    ending = _found(models, "kpi_c07", bought, certificates)
    for horizon in (90, 180, 365):
        soon = [any(END + timedelta(days=step) not in days[row["supplier_id"]] for step in range(1, horizon + 2))
                for row in bought]  # fmt: skip
        expected = float(spend[at_end & np.array(soon)].sum() / spend[at_end].sum())
        assert ending[f"within_{horizon}_days"] == pytest.approx(expected, abs=1e-6)
