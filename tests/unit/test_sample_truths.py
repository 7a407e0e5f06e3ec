"""The planted truths stand in the raw files of the sample network, not only in its generator."""

from collections import defaultdict
from datetime import date
from fractions import Fraction

import pytest

from console.sample_network import PLANTED, SampleNetwork, generate
from console.sample_network.planted import Withheld
from tests.fixtures.sample_files import GOOD, csv_rows, sample_files, sample_groups, sample_rows

EU = {"DE", "FR", "IT", "PL", "CZ", "NL"}


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> SampleNetwork:
    """Generate the sample once for all tests of this module."""
    return generate(tmp_path_factory.mktemp("sample"))


def _expected(kpi_id: str, year: int, variant: str = "") -> float:
    return next(
        one.value for one in PLANTED.expected if (one.kpi_id, one.year, one.dim_variant) == (kpi_id, year, variant)
    )


def test_every_brand_reaches_the_hub_and_nobody_else_sells_its_goods(sample: SampleNetwork) -> None:
    buys: dict[str, set[str]] = defaultdict(set)
    lines = sample_rows(sample, "purchase_lines")
    for row in lines:
        buys[row["buyer_id"]].add(row["supplier_id"])
    for brand in (f"C{number:04}" for number in range(1, 13)):
        assert any(PLANTED.hub.company in buys[supplier] for supplier in buys[brand]), brand
    tags = [row for row in lines if row["category_id"] == PLANTED.hub.category]
    assert {row["supplier_id"] for row in tags} == {PLANTED.hub.company}
    assert len({row["buyer_id"] for row in tags}) >= PLANTED.hub.minimum_buyers


def test_one_country_dominates_one_goods_code_in_every_year_and_no_country_the_other(sample: SampleNetwork) -> None:
    truth = PLANTED.concentration
    codes = {row["country_code"]: row["country_iso2"] for row in sample_rows(sample, "trade_data", "country_codes")}
    for year in truth.years:
        rows = sample_rows(sample, "trade_data", f"BACI_HS22_Y{year}")
        for hs6, flagged in ((truth.hs6, True), (truth.unflagged_hs6, False)):
            arriving = [row for row in rows if row["k"] == hs6 and codes[row["j"]] in EU]
            outside = [row for row in arriving if codes[row["i"]] not in EU]
            leading = sum(float(row["v"]) for row in outside if codes[row["i"]] == truth.country)
            total = sum(float(row["v"]) for row in outside)
            every = sum(float(row["v"]) for row in arriving)
            leaving = sum(float(row["v"]) for row in rows if row["k"] == hs6 and codes[row["i"]] in EU)
            assert (leading / total > truth.minimum_share) is flagged
            assert (total / every > 0.5) is flagged
            assert (total / leaving > 1) is flagged


def test_one_sector_uses_less_energy_while_it_grows_and_another_uses_more(sample: SampleNetwork) -> None:
    for truth, falls in ((PLANTED.decoupled, True), (PLANTED.coupled, False)):
        chosen = [one for one in sample.companies if one.sector.code == truth.sector]
        added = [sum(one.value_added[year] for one in chosen) for year in (2023, 2025)]
        energy = [sum(one.energy_mwh[year] for one in chosen) for year in (2023, 2025)]
        growth = added[1] / added[0] - 1
        assert growth > 0.02
        assert (energy[1] / energy[0] - 1 < 0) if falls else (energy[1] / energy[0] - 1 > 1.2 * growth)


def test_the_lapsed_companies_held_one_certificate_that_ran_out(sample: SampleNetwork) -> None:
    held = defaultdict(set)
    for row in sample_rows(sample, "certification_registry", "2026"):
        held[row["holder_id"]].add((row["valid_from"], row["valid_to"]))
    for company in PLANTED.lapse.companies:
        ((start, end),) = held[company]
        assert start <= PLANTED.lapse.covered_on.isoformat() <= end < PLANTED.lapse.lapsed_on.isoformat()


def test_the_wrong_unit_shows_as_a_ratio_of_about_one_thousand(sample: SampleNetwork) -> None:
    truth = PLANTED.wrong_unit
    sent = {
        int(row["period_start"][:4]): (float(row["value"]), row["unit"])
        for path in sample_files(sample, "supplier_survey", "", (*GOOD, "held"))
        for row in csv_rows(path)
        if row["entity_id"] == truth.company and row["question_id"] == truth.question
    }
    assert {unit for _, unit in sent.values()} == {"MWh"}
    assert abs(sent[truth.year][0] / sent[truth.year - 1][0] / truth.ratio - 1) < 0.02


def test_one_buyer_names_no_production_country(sample: SampleNetwork) -> None:
    lines = [row for row in sample_rows(sample, "purchase_lines") if row["buyer_id"] == PLANTED.unknown_origin]
    assert lines
    assert not [row for row in lines if row["production_country"]]


@pytest.mark.parametrize("truth", [PLANTED.withheld, PLANTED.withheld_scope3], ids=lambda truth: truth.question)
def test_only_four_groups_of_textiles_answer(sample: SampleNetwork, truth: Withheld) -> None:
    sectors = {one.company_id: one.sector.code for one in sample.companies}
    groups = sample_groups(sample)
    answers = sample_rows(sample, "supplier_survey")
    for year in ("2023", "2024", "2025"):
        answering = {
            groups[row["entity_id"]]
            for row in answers
            if (row["question_id"], row["item"], row["value_state"]) == (truth.question, truth.item, "value")
            and row["period_start"].startswith(year)
            and sectors[row["entity_id"]] == truth.sector
        }
        assert len(answering) == truth.groups


def test_bad_deliveries_are_bad_in_the_way_they_are_listed(sample: SampleNetwork) -> None:
    (faulty,) = sample_files(sample, "purchase_lines", "", ("partly_quarantined",))
    rows = csv_rows(faulty)
    assert len(rows) == 120
    assert rows[-1]["line_id"] in {row["line_id"] for row in rows[:-1]}
    (cut,) = sample_files(sample, "supplier_survey", "", ("rejected",))
    assert cut.read_text(encoding="utf-8").count('"') % 2 == 1
    (again,) = sample_files(sample, "purchase_lines", "", ("duplicate",))
    (first,) = sample_files(sample, "purchase_lines", "C0001_2024")
    assert again.read_bytes() == first.read_bytes()


def test_expected_concentration_follows_from_the_raw_lines(sample: SampleNetwork) -> None:
    groups = sample_groups(sample)
    spend: dict[str, Fraction] = defaultdict(Fraction)
    for row in sample_rows(sample, "purchase_lines", "2024"):
        if (row["buyer_id"], row["category_id"]) == (PLANTED.chain_buyer, "EL-BATTERY"):
            spend[groups[row["supplier_id"]]] += Fraction(row["spend"])
    hhi = sum((part / sum(spend.values())) ** 2 for part in spend.values())
    assert float(hhi) == _expected("R01", 2024, "headline") == 0.665


def test_expected_values_are_those_of_a_calculation_by_hand() -> None:
    assert _expected("S06", 2024, "per_200000_h") == 1.5
    assert _expected("S06", 2024, "per_million_h") == 7.5
    assert _expected("E01", 2024) == pytest.approx(2_400 * 0.202 + 12, abs=1e-9)
    assert _expected("R05", 2024, "sole_source") == pytest.approx(400 / 1_700, abs=1e-9)
    days = 365 * 500 + 181 * 300 + 334 * 450 + 273 * 400
    assert _expected("C05", 2025, "spend_weighted") == pytest.approx(days / (365 * 1_700), abs=1e-9)
    assert _expected("C01", 2025) < _expected("C01", 2024)
    assert (date(2025, 12, 31) - date(2025, 1, 1)).days + 1 == 365
