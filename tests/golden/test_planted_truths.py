"""What was planted in the sample network comes out of the release; expected values are computed without the pipeline."""

import pytest

from console.sample_network import PLANTED, Expected
from tests.conftest import Line

_ID = "{0.kpi_id}-{0.entity_id}-{0.year}-{0.dim_variant}-{0.dim_standard}".format


@pytest.mark.parametrize("expected", PLANTED.expected, ids=_ID)
def test_a_planted_value_is_released(line: Line, expected: Expected) -> None:
    rows = line.rows(
        "select value, status from fact_kpi_value where kpi_id = ? and entity_id = ? and year(period_end) = ?"
        " and (? = '' or dim_variant = ?) and (? = '' or dim_standard = ?) and (dim_category is null or kpi_id not in ('S05', 'S06'))",
        *(expected.kpi_id, expected.entity_id, expected.year, expected.dim_variant, expected.dim_variant),
        *(expected.dim_standard, expected.dim_standard),
    )
    assert [status for _, status in rows] == ["ok"], rows
    assert rows[0][0] == pytest.approx(expected.value, abs=1e-6)


def test_every_chain_depends_on_the_hub(line: Line) -> None:
    buyers = line.rows(
        "select count(distinct buyer_id), count(distinct supplier_id) from fct_purchase_line where category_id = ?",
        PLANTED.hub.category,
    )
    assert buyers[0][0] >= PLANTED.hub.minimum_buyers
    assert buyers[0][1] == 1


@pytest.mark.parametrize("year", PLANTED.concentration.years)
def test_one_country_concentrates_a_product_and_another_product_is_free(line: Line, year: int) -> None:
    found = {
        str(entity): value
        for entity, value in line.rows(
            "select entity_id, value from fact_kpi_value where kpi_id = 'R13' and dim_variant = 'flag'"
            " and year(period_end) = ? and entity_id like 'EU|%'",
            year,
        )
    }
    assert found[f"EU|{PLANTED.concentration.hs6}"] == 1
    assert found[f"EU|{PLANTED.concentration.unflagged_hs6}"] == 0


def test_the_dependency_lasts(line: Line) -> None:
    rows = line.rows(
        "select value from fact_kpi_value where kpi_id = 'R13' and dim_variant = 'lasting' and entity_id = ?"
        " and year(period_end) = 2025",
        f"EU|{PLANTED.concentration.hs6}",
    )
    assert rows == [(1.0,)]


@pytest.mark.parametrize("planted", [PLANTED.decoupled, PLANTED.coupled], ids=lambda p: p.sector)
def test_one_sector_decouples_and_one_does_not(line: Line, planted: object) -> None:
    truth = planted
    for kpi_id, state in (("E22", truth.state), ("E23", truth.decoupling_class)):  # type: ignore[attr-defined]
        rows = line.rows(
            "select state, status from fact_kpi_value where kpi_id = ? and entity_type = 'network' and dim_sector = ? and dim_variant ="
            " 'activity_burden_ghg' and year(period_start) = 2023 and year(period_end) = 2025",
            kpi_id,
            truth.sector,  # type: ignore[attr-defined]
        )
        assert rows == [(state, "ok")]


def test_certificates_lapse_between_two_days(line: Line) -> None:
    for company in PLANTED.lapse.companies:
        rows = line.rows(
            "select coalesce(bool_or(valid_from_date <= ? and last_valid_date >= ?), false),"
            " coalesce(bool_or(valid_from_date <= ? and last_valid_date >= ?), false) from fct_certificate"
            " where holder_id = ?",
            *(PLANTED.lapse.covered_on, PLANTED.lapse.covered_on, PLANTED.lapse.lapsed_on, PLANTED.lapse.lapsed_on),
            company,
        )
        assert rows == [(True, False)], company


def test_the_wrong_unit_is_reported_with_its_factor(line: Line) -> None:
    rows = line.rows(
        "select found, message from fct_data_finding where finding_kind = 'unit_suspicion' and entity_id = ?"
        " and year = ?",
        PLANTED.wrong_unit.company,
        PLANTED.wrong_unit.year,
    )
    assert len(rows) == 1
    assert "1000" in f"{rows[0][0]} {rows[0][1]}".replace(" ", "").replace(",", "")


def test_unknown_origin_gives_no_value_but_bounds(line: Line) -> None:
    rows = line.rows(
        "select distinct status, value_high from fact_kpi_value where kpi_id = 'R06' and entity_id = ?"
        " and dim_variant = 'country' and entity_type = 'company'",
        PLANTED.unknown_origin,
    )
    assert rows == [("insufficient_coverage", 1.0)]


def test_a_cell_with_four_groups_is_withheld_and_shows_nothing(line: Line) -> None:
    rows = line.rows(
        "select distinct status, weighted_mean, p10, p50, n_band, coverage from benchmark_sector"
        " where sector = ? and kpi_id = 'E04' and dim_variant = ?",
        PLANTED.withheld_scope3.sector,
        PLANTED.withheld_scope3.item,
    )
    assert rows == [("withheld", None, None, None, None, None)]


def test_every_delivery_ends_as_planned(line: Line) -> None:
    found = {(d.source, d.sender, d.file_name): (d.outcome, d.rows_quarantined) for d in line.deliveries}
    planned = {(d.source, d.sender, d.path.name): (d.outcome, d.quarantined) for d in line.network.deliveries}
    rejected = {key: (outcome, 0 if outcome == "rejected" else n) for key, (outcome, n) in found.items()}
    assert rejected == planned
