"""Real files of UN Comtrade and CEPII: every row is read, and the oddities of each layout are understood."""

import os
from pathlib import Path

import duckdb
import pytest

from ingestion.deliver import deliver
from ingestion.intake import drain
from tests.conftest import AT, home

FOLDER = Path(os.environ.get("LIEFERNETZ_REAL_DATA") or "nowhere") / "A_trade"
pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(
        not FOLDER.is_dir(), reason="LIEFERNETZ_REAL_DATA does not name the folder of real public files"
    ),
]
FILES = {
    "uncomtrade/comtrade.csv": ("comtrade_legacy_csv", 1302),
    "uncomtrade/h3_china_india.csv": ("comtrade_bulk_csv", 8739),
    "uncomtrade/semiconductor_trade.csv": ("comtrade_api_csv", 173),
    "uncomtrade/spc_comtrade_monthly_160414_2018_2020.csv.gz": ("comtrade_api_csv", 10862),
    "baci_codes/country_codes_V202501.csv": ("baci_country_codes_csv", 238),
    "baci_codes/product_codes_HS22_V202501.csv": ("baci_product_codes_csv", 5609),
}
UNKNOWN = ("uncomtrade/S4.csv", "uncomtrade/country_data.csv")


@pytest.fixture(scope="module")
def landed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[str, str | None, int, Path]]:
    settings = home(tmp_path_factory.mktemp("trade") / "home")
    deliver(settings, [FOLDER / name for name in (*FILES, *UNKNOWN)], "trade_data", "publisher")
    done = drain(settings, "trade_data", AT)
    return {d.file_name: (d.outcome, d.format, d.rows_accepted,
                          settings.home / d.tables[0].path if d.tables else Path()) for d in done}  # fmt: skip


def query(landed: dict[str, tuple[str, str | None, int, Path]], name: str, sql: str) -> list[tuple[object, ...]]:
    return duckdb.sql(sql.format(f"read_parquet('{landed[name][3]}')")).fetchall()


@pytest.mark.parametrize("name", FILES)
def test_every_row_is_accepted(landed: dict[str, tuple[str, str | None, int, Path]], name: str) -> None:
    assert landed[Path(name).name][:3] == ("accepted", *FILES[name])


@pytest.mark.parametrize("name", UNKNOWN)
def test_a_code_list_nobody_declared_is_rejected(
    landed: dict[str, tuple[str, str | None, int, Path]], name: str
) -> None:
    assert landed[Path(name).name][:3] == ("rejected", None, 0)


def test_no_quantity_is_unknown_and_not_zero(landed: dict[str, tuple[str, str | None, int, Path]]) -> None:
    sql = "select count(*) filter (quantity_unit is null and quantity is null), count(*) filter (quantity = 0) from {}"
    assert query(landed, "comtrade.csv", sql) == [(476, 2)]


def test_levels_and_totals_are_kept_with_their_leading_zeros(
    landed: dict[str, tuple[str, str | None, int, Path]],
) -> None:
    sql = "select length(hs_code), count(*), min(hs_code) from {} group by 1 order by 1"
    assert query(landed, "h3_china_india.csv", sql) == [
        (2, 192, "01"),
        (4, 1976, "0106"),
        (5, 2, "TOTAL"),
        (6, 6569, "010619"),
    ]


def test_totals_equal_their_parts_in_the_api_rows(landed: dict[str, tuple[str, str | None, int, Path]]) -> None:
    total, parts = ("sum(value_usd) filter (partner2_code = 0)", "sum(value_usd) filter (partner2_code <> 0)")
    sql = f"select year, {total} - {parts} from {{}} where year in (2015, 2017) group by year order by year"
    found = query(landed, "semiconductor_trade.csv", sql)
    assert [abs(float(str(difference))) < 1 for _, difference in found] == [True, True]


def test_months_and_sub_flows_keep_their_names(landed: dict[str, tuple[str, str | None, int, Path]]) -> None:
    name = "spc_comtrade_monthly_160414_2018_2020.csv.gz"
    assert query(landed, name, "select count(distinct month), count(distinct year) from {}") == [(12, 3)]
    flows = dict(query(landed, name, "select flow, count(*) from {} group by 1"))
    assert (flows["export"], flows["domestic_export"], flows["foreign_import"], flows["re_export"]) == (
        5100,
        2210,
        799,
        125,
    )
