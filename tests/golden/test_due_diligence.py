"""Golden G8 and random cases of the due-diligence KPIs against a second implementation in plain Python."""

from datetime import date, timedelta
from random import Random
from typing import Any

import pytest

from tests.golden.harness import Models

DELIVERY = [{"delivery_id": "d", "received_at": "2025-01-01"}]
END = date(2024, 12, 31)
BUILD = [{"snapshot_id": "s", "as_of": "2024-12-31", "catalogue_version": "1.0.0", "network_name": "network"}]
# finding, site, issue, level, scale/scope/irremediability, identified, verified
G8 = (
    ("F1", "A", "OHS", "directly_linked", (3, 2, 2), "2024-02-01", "2024-05-01"),
    ("F2", "A", "WAG", "contribute", (2, 3, 1), "2024-03-01", "2024-08-28"),
    ("F3", "B", "FOA", "directly_linked", (3, 3, 3), "2024-04-01", None),
    ("F4", "B", "OHS", "directly_linked", (1, 1, 1), "2024-04-01", "2024-05-01"),
    ("F5", "C", "FL", "directly_linked", (4, 2, 4), "2024-06-01", "2024-11-28"),
    ("F6", "A", "OHS", "directly_linked", (3, 2, 2), "2024-09-01", None),
    ("F7", "own", "WAG", "cause", (2, 2, 1), "2024-07-01", "2024-07-31"),
    ("F8", "D", "ENV", "directly_linked", (2, 3, 3), "2024-10-01", None),
)


@pytest.fixture(scope="module")
def models() -> Models:
    return Models()


def finding(name: str, site: str, issue: str, level: str, parts: Any, found: Any, verified: Any) -> dict[str, Any]:
    return {
        "finding_id": name, "entity_id": "B", "site_id": site, "issue_code": issue, "involvement_level": level,
        "sev_scale": parts[0], "sev_scope": parts[1], "sev_irremediability": parts[2], "impact_kind": "actual",
        "identified_at": date.fromisoformat(str(found)), "delivery_id": "d", "row_number": 1,
        "status": "remediated_verified" if verified else "open",
        "status_at": date.fromisoformat(str(verified or found)),
        "verified_at": date.fromisoformat(str(verified)) if verified else None,
        **dict.fromkeys(("own_activity_caused", "own_activity_contributed", "contribution_substantial",
                         "linked_by_relationship", "is_foreseeable", "known_since", "acted_at", "likelihood",
                         "supplier_id")),
    }  # fmt: skip


def results(models: Models, model: str, findings: list[dict[str, Any]]) -> dict[tuple[Any, ...], dict[str, Any]]:
    sites = [{"entity_id": "B", "site_id": f"s{i}", "assessment_at": END, "supplier_id": None} for i in range(40)]
    rows = models.run(
        model, landing__build=BUILD, stg_landing__build=BUILD, stg_landing__delivery=DELIVERY,
        stg_due_diligence_cases__finding=findings, stg_due_diligence_cases__assessment=sites,
        int_purchases=[{"buyer_id": "X", "supplier_id": "Y", "year": 2020, "spend_eur": 1.0}],
    )  # fmt: skip
    return {(r["entity_id"], r["dim_category"], r["dim_variant"]): r for r in rows if str(r["period_end"]) == str(END)}


def test_g8_rate_and_classes(models: Models) -> None:
    findings = [finding(*row) for row in G8]
    rates = results(models, "kpi_d01", findings)
    assert rates["B", "all", "rate"]["value"] == pytest.approx(20.0, abs=1e-6)
    assert [rates["B", level, "count"]["value"] for level in ("cause", "contribute", "directly_linked")] == [1, 1, 6]
    classes = results(models, "kpi_d02", findings)
    assert [row["value"] for _, row in sorted(classes.items())] == [3, 3, 3, 1, 4, 3, 2, 3]


def test_g8_remediation_and_repeats(models: Models) -> None:
    findings = [finding(*row) for row in G8]
    shares = results(models, "kpi_d03", findings)
    assert shares["B", "all", "weighted"]["value"] == pytest.approx(0.612903, abs=1e-6)
    assert shares["B", "all", "unweighted"]["value"] == pytest.approx(0.625, abs=1e-6)
    repeats = results(models, "kpi_d06", findings)
    assert repeats["B", "own_cases", "rate"]["value"] == pytest.approx(0.125, abs=1e-6)


def test_g8_time_to_remedy(models: Models) -> None:
    times = results(models, "kpi_d04", [finding(*row) for row in G8])
    expected = {"open_after_30d": 0.75, "open_after_90d": 0.625, "open_after_180d": 0.208333, "median": 180.0,
                "restricted_mean": 150.833333}  # fmt: skip
    found = {measure: times["B", "all", measure]["value"] for measure in expected}
    assert found == pytest.approx(expected, abs=1e-6)


def kaplan_meier(waits: list[tuple[int, bool]]) -> tuple[float | None, float]:
    """Median and restricted mean to min(365, longest) by the definition: one finding after the other."""
    survival, median, area, last = 1.0, None, 0.0, 0
    horizon = min(365, max(days for days, _ in waits))
    for day in sorted({days for days, _ in waits}):
        area += survival * max(0, min(day, horizon) - min(last, horizon))
        events = sum(1 for days, remedied in waits if days == day and remedied)
        survival *= 1 - events / sum(1 for days, _ in waits if days >= day)
        if median is None and round(survival, 9) <= 0.5:
            median = float(day)
        last = day
    return median, area


def test_random_cases_agree_with_the_definition(models: Models) -> None:
    rng = Random(8)
    for _ in range(12):
        findings, waits = [], []
        for number in range(rng.randint(5, 40)):
            found = date(2024, 1, 1) + timedelta(days=rng.randrange(300))
            verified = found + timedelta(days=rng.randint(1, 200)) if rng.random() < 0.6 else None
            if verified and verified > END:
                verified = None
            findings.append(finding(f"R{number}", "s", "OHS", "cause", (2, 2, 2), found, verified))
            waits.append((((verified or END) - found).days, verified is not None))
        rows = results(models, "kpi_d04", findings)
        median, mean = kaplan_meier(waits)
        assert rows["B", "all", "median"]["value"] == median
        assert rows["B", "all", "restricted_mean"]["value"] == pytest.approx(mean, abs=1e-6)
