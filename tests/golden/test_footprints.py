"""Footprints (E06–E09) against goldens G3 and A10, and dense matrices of NumPy on 200 random bills of material."""

import random
from collections import Counter
from typing import Any

import pytest

from tests.golden.bills import SIZE, Bill, draw, solve
from tests.golden.harness import Models, models  # noqa: F401

YEAR, NETWORKS = 2025, 200
TEXTS = ("pact_edition", "reference_period_end", "validity_period_start", "validity_period_end")
Answer = tuple[str, str, str | float | None]


def answer(entity: str, question: str, item: str, value: str | float | None, tier: int = 2) -> dict[str, Any]:
    """One answer of the year; None is an answer that says unknown."""
    text = question in TEXTS
    return {
        "entity_id": entity, "site_id": None, "question_id": question, "item": item, "year": YEAR,
        "value": None if text or value is None else float(value), "value_text": None if value is None else str(value),
        "unit": "", "value_state": "unknown" if value is None else "zero" if value == 0 else "value",
        "data_tier": tier, "u_rel": 0.1, "is_imputed": False, "delivery_id": "d", "row_number": 1,
    }  # fmt: skip


FACTOR = {
    "factor_kind": "physical", "factor_key": "packaging", "per_unit": "t", "year": YEAR, "age_months": 0, "t_per_unit": 1.9,
    "factor_value": 1.9, "factor_unit": "t CO2e/t", "u_rel": 0.3, "delivery_id": "f", "row_number": 1,
}  # fmt: skip
DOCUMENT = {
    "spec_edition": "3", "footprint_id": "f1", "footprint_version": None, "created_at": "2025-01-01T00:00:00Z",
    "status": "Active", "preceding_ids": None, "company_name": "Mill", "is_assured": None,
    "company_ids": '["urn:pact:company:customcode:buyer-assigned:M"]', "assurance_provider": None,
    "product_ids": '["urn:pact:product:customcode:vendor-assigned:X"]', "declared_unit": "liter",
    "period_start_at": "2025-01-01T00:00:00Z", "period_end_at": "2025-12-31T00:00:00Z", "validity_start_at": None,
    "validity_end_at": None, "declared_unit_amount": None, "product_mass_kg": None, "unitary_product_amount": None,
    "pcf_excluding_biogenic": "2.0", "pcf_including_biogenic": None, "biogenic_uptake": None,
    "pcf_excluding_biogenic_kgco2e": 2.0, "pcf_including_biogenic_kgco2e": None, "biogenic_uptake_kgco2e": None,
    "primary_data_share_percent": 50.0, "exempted_emissions_percent": None, "dqr_coverage_percent": None,
    "dqr_technological": 2.0, "dqr_temporal": None, "dqr_geographical": None, "dqr_completeness": None,
    "dqr_reliability": None, "delivery_id": "d", "row_number": 1,
}  # fmt: skip
EDGE = dict.fromkeys(("parent_id", "child_id", "stated_by", "parent_bpn", "parent_part_id", "parent_part_name", "child_bpn", "child_part_id", "child_part_name", "quantity", "unit", "lifecycle_phase", "modified_at", "valid_from_at", "valid_to_at", "delivery_id", "row_number"))  # fmt: skip
# A document and an edge that stand for nothing keep the columns typed where a test has none of its own.
NO_DOCUMENT = DOCUMENT | {"status": "Deprecated"}
NO_EDGE = EDGE | {
    "parent_id": "none", "child_id": "nothing", "stated_by": "parent", "quantity": 1.0, "unit": "piece", "row_number": 1,
    "parent_bpn": "", "parent_part_id": "", "child_part_id": "", "child_bpn": "", "lifecycle_phase": "", "modified_at": "",
    "valid_from_at": "9999", "valid_to_at": "", "delivery_id": "d",
}  # fmt: skip


def run(
    models: Models,  # noqa: F811
    kpi: str,
    answers: list[dict[str, Any]],
    documents: list[dict[str, Any]] | None = None,
    factors: list[dict[str, Any]] | None = None,
    edges: list[dict[str, Any]] | None = None,
) -> dict[tuple[str, ...], dict[str, Any]]:
    """Give the rows by product and breakdowns."""
    rows = models.run(
        kpi, int_answers=answers, int_emissions__factors=factors or [FACTOR],
        stg_product_footprints__footprint=[NO_DOCUMENT, *(documents or [])], stg_part_twins__bom_edge=[NO_EDGE, *(edges or [])],
    )  # fmt: skip
    dims = ("dim_category", "dim_standard", "dim_variant")
    return {(row["entity_id"], *(row[dim] for dim in dims if row[dim])): row for row in rows}


def g3(edition: str = "2.2.0") -> list[dict[str, Any]]:
    """The three products of G3; ratings as the maker of P gave them."""
    rows = [
        answer("tier2", "direct_kgco2e", "r", 1.1), answer("tier2", "direct_kgco2e", "r|electricity", 0.3, 4),
        answer("tier1", "direct_kgco2e", "k", 0.9), answer("tier1", "direct_kgco2e", "k|other", 0.13, 4),
        answer("tier1", "bom_qty_per_unit", "k|r", 1.05), answer("maker", "direct_kgco2e", "p", 0.8),
        answer("maker", "bom_qty_per_unit", "p|k", 1.2), answer("maker", "bom_qty_per_unit", "p|packaging", 0.3),
        answer("maker", "transport_kgco2e", "p", 0.15, 4), answer("maker", "pact_edition", "p", edition),
    ]  # fmt: skip
    ratings = {"direct": 1, "k": 1.4, "packaging": 2, "transport": 3}
    return rows + [answer("maker", "dqr_technological", f"p|{part}", value) for part, value in ratings.items()]


def test_golden_g3_footprints_and_primary_shares(models: Models) -> None:  # noqa: F811
    found = run(models, "kpi_e07", g3())
    for node, due in {"tier2|r": 1.4, "tier1|k": 2.5, "maker|p": 4.52}.items():
        assert found[node, "headline"]["status"] == "ok"
        assert found[node, "headline"]["value"] == pytest.approx(due, abs=1e-6)
    found = run(models, "kpi_e08", g3())
    for node, due in {"tier2|r": 78.571429, "tier1|k": 82.2, "maker|p": 72.256637}.items():
        assert found[node, "headline"]["value"] == pytest.approx(due, abs=1e-6)


def test_golden_g3_ratings_depend_on_the_edition(models: Models) -> None:  # noqa: F811
    two = run(models, "kpi_e09", g3())
    assert two["maker|p", "technological", "2.x"]["value"] == pytest.approx(1.405034, abs=1e-6)
    assert two["maker|p", "coverage_percent", "2.x"]["value"] == pytest.approx(96.681416, abs=1e-6)
    three = run(models, "kpi_e09", g3("3.0.0"))
    assert three["maker|p", "technological", "3.0"]["value"] == pytest.approx(1.457965, abs=1e-6)
    assert not [key for key in three if "2.x" in key or "coverage_percent" in key]


def test_golden_a10_units_of_both_editions(models: Models) -> None:  # noqa: F811
    bottle = DOCUMENT | {"declared_unit_amount": 12.5, "pcf_excluding_biogenic_kgco2e": 2.0}
    ethanol = DOCUMENT | {
        "footprint_id": "f2", "product_ids": '["urn:gtin:1"]', "declared_unit_amount": 12.0, "product_mass_kg": 9.468,
        "pcf_excluding_biogenic": "5.14", "pcf_including_biogenic": "-14.22", "biogenic_uptake": "-19.36",
        "pcf_excluding_biogenic_kgco2e": 5.14, "pcf_including_biogenic_kgco2e": -14.22, "biogenic_uptake_kgco2e": -19.36,
    }  # fmt: skip
    wrong = ethanol | {"footprint_id": "f3", "product_ids": '["w"]', "pcf_including_biogenic_kgco2e": -14.26}
    old = DOCUMENT | {"footprint_id": "f4", "product_ids": '["o"]', "spec_edition": "2", "unitary_product_amount": 12.5}
    any_year = [answer("M", "direct_kgco2e", "other", 1)]
    found = run(models, "kpi_e07", any_year, [bottle, ethanol, wrong, old])
    assert found["M|x", "headline"]["value"] == pytest.approx(0.16, abs=1e-9)
    assert found["M|urn:gtin:1", "headline"]["value"] == pytest.approx(0.428333, abs=1e-6)
    assert found["M|urn:gtin:1", "declared_per_kg"]["value"] == pytest.approx(0.542881, abs=1e-6)
    assert found["M|urn:gtin:1", "headline"]["state"] is None
    assert found["M|w", "headline"]["state"] == "uptake_out_of_balance"
    assert found["M|o", "headline"]["value"] == pytest.approx(2.0, abs=1e-9)


def bottle_of(**more: Any) -> dict[str, Any]:
    """A declaration of K at 3 kg per unit: twice as much as its maker's own data say."""
    names = {"product_ids": '["k"]', "declared_unit": "kilogram", "declared_unit_amount": 1.0}
    return DOCUMENT | names | {"pcf_excluding_biogenic_kgco2e": 3.0, **more}


K = [
    answer("S", "direct_kgco2e", "k", 1.5),
    answer("B", "direct_kgco2e", "p", 1.0),
    answer("B", "bom_qty_per_unit", "p|k", 2),
]


@pytest.mark.parametrize(
    ("document", "production", "due"),
    [
        (bottle_of(), "", 7.0),
        (bottle_of(validity_end_at="2025-06-30T00:00:00Z"), "", 4.0),
        (bottle_of(validity_end_at="2025-06-30T00:00:00Z"), "2025-06-30", 7.0),
        (bottle_of(validity_start_at="2026-01-01T00:00:00Z"), "", 4.0),
        (bottle_of(period_start_at="2021-01-01T00:00:00Z", period_end_at="2022-06-30T00:00:00Z"), "", 4.0),
        (bottle_of(status="Deprecated"), "", 4.0),
        (bottle_of(declared_unit_amount=None), "", 4.0),
    ],
)
def test_a_declaration_counts_on_the_production_date_only(
    models: Models,  # noqa: F811
    document: dict[str, Any],
    production: str,
    due: float,
) -> None:
    dated = [answer("B", "reference_period_end", "p", production)] if production else []
    assert run(models, "kpi_e07", K + dated, [document])["B|p", "headline"]["value"] == pytest.approx(due)


@pytest.mark.parametrize(
    ("quantity", "status", "value"),
    [(0.13, "ok", 5.0), (0.14, "insufficient_coverage", None), (None, "insufficient_coverage", None), (0.0, "ok", 5.0)],
)
def test_a_missing_component_is_published_around_up_to_its_limit(
    models: Models,  # noqa: F811
    quantity: float | None,
    status: str,
    value: float | None,
) -> None:
    # Known inputs are 2 kg a unit: 0.13 units are 0.26 of 5.26 kg, and more than 0.1316 units are more than 5 %.
    rows = [
        answer("S", "direct_kgco2e", "k", 2), answer("B", "direct_kgco2e", "p", 0), answer("B", "bom_qty_per_unit", "p|k", 2),
        answer("B", "transport_kgco2e", "p", 1), answer("B", "bom_qty_per_unit", "p|dye", quantity),
    ]  # fmt: skip
    row = run(models, "kpi_e07", rows)["B|p", "headline"]
    assert (row["status"], row["value"]) == (status, value)
    assert row["is_lower_bound"] == (quantity == 0.13 or status != "ok")


def test_own_emissions_that_nobody_stated_are_not_zero(models: Models) -> None:  # noqa: F811
    rows = [answer("S", "direct_kgco2e", "k", 2), answer("B", "bom_qty_per_unit", "p|k", 2)]
    assert run(models, "kpi_e07", rows)["B|p", "headline"]["status"] == "insufficient_coverage"
    said = [*rows, answer("B", "direct_kgco2e", "p", 0)]
    assert run(models, "kpi_e07", said)["B|p", "headline"]["value"] == 4
    unknown = [*said, answer("B", "transport_kgco2e", "p", None)]
    assert run(models, "kpi_e07", unknown)["B|p", "headline"]["status"] == "insufficient_coverage"
    nothing = run(models, "kpi_e07", [answer("B", "direct_kgco2e", "p", None)])
    assert nothing["B|p", "headline"]["status"] == "not_reported"


def as_answers(bill: Bill, number: int) -> list[dict[str, Any]]:
    """The same bill as answers of one company per product; declarations alternate between the editions."""
    rows = []
    for product, direct in enumerate(bill.direct):
        name = f"n{number}p{product}"
        rows.append(answer(f"C{product}", "direct_kgco2e", name, direct))
        if product in bill.declared:
            quantity, emission, share = bill.declared[product]
            old, leaf = product % 2 == 0, f"{name}d"
            rows += [
                answer(f"C{product}", "bom_qty_per_unit", f"{name}|{leaf}", quantity),
                answer("D", "pact_edition", leaf, "2.2.0" if old else "3.0.1"), answer("D", "declared_unit_amount", leaf, 8),
                answer("D", "pcf_value", leaf, emission if old else 8 * emission),
            ]  # fmt: skip
            rows += [] if share is None else [answer("D", "primary_data_share", leaf, share)]
        if product in bill.factor:
            rows.append(answer(f"C{product}", "bom_qty_per_unit", f"{name}|packaging", bill.factor[product]))
        if product in bill.missing:
            rows.append(answer(f"C{product}", "bom_qty_per_unit", f"{name}|unheard of", bill.missing[product]))
    for (product, part), quantity in bill.made.items():
        rows.append(answer(f"C{product}", "bom_qty_per_unit", f"n{number}p{product}|n{number}p{part}", quantity))
    return rows


def test_footprints_agree_with_sums_of_dense_matrices(models: Models) -> None:  # noqa: F811
    rng = random.Random(20)
    networks = [draw(rng) for _ in range(NETWORKS)]
    answers = [row for number, bill in enumerate(networks) for row in as_answers(bill, number)]
    footprints, shares = run(models, "kpi_e07", answers), run(models, "kpi_e08", answers)
    seen = Counter[str]()
    for number, bill in enumerate(networks):
        due = solve(bill, 1.9)
        for product in range(SIZE):
            node = f"C{product}|n{number}p{product}"
            row, share = footprints[node, "headline"], shares[node, "headline"]
            assert row["status"] == due.status[product], node
            seen[row["status"]] += 1
            if row["status"] == "ok":
                assert row["value"] == pytest.approx(due.value[product], rel=1e-7, abs=1e-8)
            if share["status"] == "ok":
                assert share["value"] == pytest.approx(due.primary[product], rel=1e-6, abs=1e-6)
    assert min(seen[status] for status in ("ok", "insufficient_coverage", "undefined")) > 20


def test_a_cycle_is_solved_or_refused_with_its_members(models: Models) -> None:  # noqa: F811
    rows = [
        answer("A", "direct_kgco2e", "steel", 1.0), answer("A", "bom_qty_per_unit", "steel|tools", 0.1),
        answer("B", "direct_kgco2e", "tools", 0.5), answer("B", "bom_qty_per_unit", "tools|steel", 2),
    ]  # fmt: skip
    found = run(models, "kpi_e07", rows)
    # steel = 1 + 0.1 tools and tools = 0.5 + 2 steel.
    assert found["A|steel", "headline"]["value"] == pytest.approx(1.05 / 0.8)
    assert found["B|tools", "headline"]["value"] == pytest.approx(0.5 + 2 * 1.05 / 0.8)
    assert found["A|steel", "headline"]["state"] == "cycle: steel, tools"
    for quantity in (10, 12):
        found = run(models, "kpi_e07", [*rows[:3], answer("B", "bom_qty_per_unit", "tools|steel", quantity)])
        row = found["A|steel", "headline"]
        assert (row["status"], row["value"]) == ("undefined", None)
        assert row["state"] == "cycle_without_solution: steel, tools"


def test_ratings_off_their_scale_or_of_another_edition_do_not_count(models: Models) -> None:  # noqa: F811
    document = DOCUMENT | {"product_ids": '["x"]', "declared_unit_amount": 1.0, "dqr_technological": 4.0}
    rows = [
        answer("B", "direct_kgco2e", "p", 2), answer("B", "bom_qty_per_unit", "p|x", 1),
        answer("B", "dqr_technological", "p|direct", 2.5),
    ]  # fmt: skip
    both = run(models, "kpi_e09", [*rows, answer("B", "pact_edition", "p", "3.0.0")], [document])
    assert both["B|p", "technological", "3.0"]["value"] == pytest.approx(3.25)
    old = run(models, "kpi_e09", [*rows, answer("B", "pact_edition", "p", "2.3.0")], [document])
    # The supplier's rating of edition 3.0 stays out: half of the emissions are rated, by the maker alone.
    row = old["B|p", "technological", "2.x"]
    assert (row["value"], row["coverage"], row["status"]) == (2.5, 0.5, "ok")
    assert (row["value_low"], row["value_high"]) == (1.75, 2.75)
    three = [answer("B", "dqr_technological", "p|direct", 3.5), answer("B", "pact_edition", "p", "2.3.0")]
    assert not [key for key in run(models, "kpi_e09", rows[:2] + three, [document]) if key[0] == "B|p" and "2.x" in key]
    assert not [key for key in run(models, "kpi_e09", rows, [document]) if key[0] == "B|p" and "2.x" in key]


def test_below_half_in_large_components_edition_2_gives_no_rating(models: Models) -> None:  # noqa: F811
    rows = [answer("B", "pact_edition", "p", "2.2.0"), answer("B", "dqr_technological", "p|direct", 2)]
    small = [answer("B", "direct_kgco2e", f"p|part{number}", 0.049) for number in range(12)]
    found = run(models, "kpi_e09", [*rows, *small, answer("B", "direct_kgco2e", "p", 0.4)])
    row = found["B|p", "technological", "2.x"]
    assert (row["status"], row["value"]) == ("insufficient_coverage", None)
    assert found["B|p", "coverage_percent", "2.x"]["value"] == pytest.approx(100 * 0.4 / 0.988)


def test_an_undeclared_primary_share_counts_nothing_and_says_so(models: Models) -> None:  # noqa: F811
    document = DOCUMENT | {"product_ids": '["x"]', "declared_unit_amount": 1.0, "primary_data_share_percent": None}
    rows = [answer("B", "direct_kgco2e", "p", 2), answer("B", "bom_qty_per_unit", "p|x", 1)]
    found = run(models, "kpi_e08", rows, [document])
    assert (found["B|p", "headline"]["value"], found["B|p", "headline"]["value_high"]) == (50, 100)
    assert (found["B|p", "pds_unknown_share"]["value"], found["B|p", "pds_unknown_share"]["unit"]) == (0.5, "share")
    zero = run(models, "kpi_e08", [answer("B", "direct_kgco2e", "z", 0)])
    assert zero["B|z", "headline"]["status"] == "undefined"


def test_a_company_is_weighed_by_the_emissions_of_its_products(models: Models) -> None:  # noqa: F811
    rows = [
        answer("B", "direct_kgco2e", "p", 2), answer("B", "direct_kgco2e", "q", 3, 4), answer("B", "output_qty", "p", 30),
        answer("B", "output_qty", "q", 10),
    ]  # fmt: skip
    assert run(models, "kpi_e08", rows)["B", "headline"]["value"] == pytest.approx(100 * 60 / 90)
    # Without all outputs the footprints of one unit weigh.
    assert run(models, "kpi_e08", rows[:3])["B", "headline"]["value"] == pytest.approx(100 * 2 / 5)


@pytest.mark.parametrize(
    ("unit", "quantity", "due"), [("kilogram", 2.0, 7.0), ("gram", 500.0, 2.5), ("piece", 1.0, None)]
)
def test_a_twin_counts_in_the_unit_of_its_input(models: Models, unit: str, quantity: float, due: float | None) -> None:  # noqa: F811
    edge = EDGE | NO_EDGE | {
        "parent_id": "urn:1", "child_id": "urn:2", "parent_part_id": "P", "child_part_id": "K", "unit": unit,
        "quantity": quantity, "valid_from_at": None, "valid_to_at": None,
    }  # fmt: skip
    usage = edge | {"stated_by": "child", "quantity": 99.0}
    row = run(models, "kpi_e07", K[1:2], [bottle_of()], edges=[edge, usage])["B|p", "headline"]
    assert (row["status"], row["value"]) == ("insufficient_coverage" if due is None else "ok", due)
    ended = edge | {"valid_to_at": "2024-12-31T00:00:00Z"}
    assert run(models, "kpi_e07", K[1:2], [bottle_of()], edges=[ended])["B|p", "headline"]["value"] == 1
