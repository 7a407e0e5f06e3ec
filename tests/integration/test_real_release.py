"""Real public files go through the whole line, beside the sample network, and their rows stand in a release."""

import shutil
from pathlib import Path

import pytest

from ingestion.deliver import deliver
from tests.conftest import Line, home, run_line
from warehouse.ledger import Delivery
from warehouse.release import open_release
from warehouse.settings import Settings

pytestmark = pytest.mark.real_data
FILES = {
    "supplier_survey": ("C_suppliers/vsme/*Sample*.xlsx", 2),
    "certification_registry": ("B_certification/sbti/*.xlsx", 4),
    "trade_data": ("A_trade/uncomtrade/*comtrade*.csv*", 2),
}
MORE_TRADE = ("A_trade/uncomtrade/h3_china_india.csv", "A_trade/uncomtrade/semiconductor_trade.csv")


@pytest.fixture(scope="module")
def released(line: Line, real_data: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, list[Delivery]]:
    """The sample network and every real file that the sources take, delivered in order of date."""
    settings = home(tmp_path_factory.mktemp("real") / "home")
    shutil.copytree(line.settings.home, settings.home, symlinks=True)
    for source, (pattern, least) in FILES.items():
        files = sorted(real_data.glob(pattern))
        assert len(files) >= least, f"{pattern}: {files}"
        deliver(settings, files, source, "public")
    deliver(settings, [real_data / name for name in MORE_TRADE], "trade_data", "public")
    deliveries, *_ = run_line(settings)
    return settings, [d for d in deliveries if d.sender == "public"]


def count(released: tuple[Settings, list[Delivery]], sql: str) -> int:
    with open_release(released[0]) as connection:
        row = connection.execute(sql).fetchone()
    assert row is not None
    return int(row[0])


def test_every_real_file_is_taken_in_and_accounted_for(released: tuple[Settings, list[Delivery]]) -> None:
    outcomes = {d.file_name: d.outcome for d in released[1]}
    assert len(outcomes) == 10
    assert {
        name: o for name, o in outcomes.items() if o not in ("accepted", "accepted_with_warnings", "partly_quarantined")
    } == {}
    assert all(d.rows_in == d.rows_accepted + d.rows_quarantined for d in released[1])


def test_the_facts_of_a_vsme_workbook_stand_in_the_release(released: tuple[Settings, list[Delivery]]) -> None:
    sql = (
        "select count(*) from fct_survey_answer join dim_delivery using (delivery_id)"
        " where file_name like 'VSME-Digital-Template-Sample-1.3.0%'"
    )
    assert count(released, sql) == 144


def test_a_vsme_company_has_kpis(released: tuple[Settings, list[Delivery]]) -> None:
    sql = (
        "select count(distinct v.kpi_id) from fact_kpi_value as v join fct_survey_answer as a using (entity_id)"
        " join dim_delivery using (delivery_id) where file_name like 'VSME%1.3.0%' and v.status = 'ok'"
    )
    assert count(released, sql) >= 3


def test_of_four_target_registers_the_newest_counts(released: tuple[Settings, list[Delivery]]) -> None:
    sql = (
        "select count(*) from fct_climate_target join dim_delivery using (delivery_id)"
        " where sender = 'public' and file_name like '2025-06-24%'"
    )
    older = "select count(*) from dim_delivery where sender = 'public' and file_name like '20__-__-__%' and file_name < '2025'"
    assert count(released, sql) == 11_674
    assert count(released, older) == 0


@pytest.mark.parametrize(
    ("name", "rows"), [("comtrade.csv", 1302), ("h3_china_india.csv", 8739), ("semiconductor_trade.csv", 173)]
)
def test_every_row_of_a_comtrade_file_stands_in_the_release(
    released: tuple[Settings, list[Delivery]], name: str, rows: int
) -> None:
    assert count(released, f"select rows_in from dim_delivery where file_name = '{name}'") == rows
    sql = f"select count(*) from fct_trade_flow join dim_delivery using (delivery_id) where file_name = '{name}'"
    accepted = next(d.rows_accepted for d in released[1] if d.file_name == name)
    assert count(released, sql) == accepted


def test_aggregates_such_as_world_are_kept_and_excluded_by_a_named_rule(
    released: tuple[Settings, list[Delivery]],
) -> None:
    sql = (
        "select count(*) from fct_trade_flow join dim_delivery using (delivery_id) where file_name = 'comtrade.csv'"
        " and is_excluded and exclusion_rule is not null"
    )
    assert count(released, sql) > 1000
