"""Living wages and tables of sectors: the publishers' words are read, amounts without method or currency are refused."""

from pathlib import Path

import duckdb
import openpyxl
import pytest

from ingestion.deliver import deliver
from ingestion.intake import drain
from tests.conftest import AT, home
from warehouse.ledger import Delivery
from warehouse.settings import Settings

WAGES = "Location,Country,Living Wage,Currency Code,Methodology,Reference Year,Source\n"
ROW = "Rural,Vietnam,4500000.5,VND,Anker,2024,Institute\n"
FLOWS = "from sector,to sector,value,currency,year,source\nC13,C14,12.5,EUR,2020,Office\n"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return home(tmp_path / "home")


def send(settings: Settings, content: str) -> Delivery:
    file = settings.home.parent / "file.csv"
    file.write_text(content, encoding="utf-8")
    return take(settings, file)


def take(settings: Settings, file: Path) -> Delivery:
    deliver(settings, [file], "local_context", "office")
    return drain(settings, "local_context", AT)[-1]


def rows(settings: Settings, delivery: Delivery, columns: str) -> list[tuple[object, ...]]:
    path = settings.home / delivery.tables[0].path
    return duckdb.sql(f"select {columns} from read_parquet('{path}') order by row_number").fetchall()


def test_living_wages_are_read_in_the_publishers_words(settings: Settings) -> None:
    delivery = send(settings, WAGES + ROW)
    assert (delivery.outcome, delivery.rows_in, delivery.rows_accepted) == ("accepted", 1, 1)
    columns = "area, country, amount::double, currency, method, year, publisher"
    assert rows(settings, delivery, columns) == [
        ("Rural", "Vietnam", 4500000.5, "VND", "Anker", 2024, "Institute"),
    ]


def test_a_workbook_of_living_wages_means_the_same(settings: Settings) -> None:
    book = openpyxl.Workbook()
    book.active.append(["Area", "Living wage", "Currency", "Method", "Year", "Source"])
    book.active.append(["Hanoi", 5200000, "VND", "WageIndicator", 2025, "Foundation"])
    book.save(settings.home.parent / "book.xlsx")
    delivery = take(settings, settings.home.parent / "book.xlsx")
    assert (delivery.format, delivery.rows_accepted) == ("living_wages_xlsx", 1)


@pytest.mark.parametrize(("row", "code"), [
    ("Urban,Vietnam,5,dong,Anker,2024,I\n", "unknown_code"), ("Urban,Vietnam,5,VND,,2024,I\n", "missing_value"),
    ("Urban,Vietnam,0,VND,Anker,2024,I\n", "out_of_range"), ("Urban,Vietnam,much,VND,Anker,2024,I\n", "not_a_number"),
])  # fmt: skip
def test_an_amount_that_means_nothing_is_quarantined(settings: Settings, row: str, code: str) -> None:
    delivery = send(settings, WAGES + ROW + row)
    assert (delivery.outcome, delivery.rows_in, delivery.rows_accepted) == ("partly_quarantined", 2, 1)
    assert [reason.code for reason in delivery.reasons] == [code]


def test_flows_between_sectors_are_read(settings: Settings) -> None:
    delivery = send(settings, FLOWS)
    assert (delivery.outcome, delivery.format) == ("accepted", "sector_flows_csv")
    assert rows(settings, delivery, "from_sector, to_sector, value::double, year") == [("C13", "C14", 12.5, 2020)]


def test_two_values_of_one_flow_count_both_not(settings: Settings) -> None:
    delivery = send(settings, FLOWS + "C13,C14,13,EUR,2020,Office\nC13,C15,1,EUR,2020,Office\n")
    assert (delivery.rows_in, delivery.rows_accepted, delivery.reasons[0].code) == (3, 1, "contradicting_rows")


WATER = "area_kind,area,measure,value,year,publisher\nbasin,Rhine,aware_cf,1.5,2020,AWARE\n"


@pytest.mark.parametrize("row", [
    "country,DE,baseline_water_stress,9999,2020,Atlas\n", "country,DE,aware_cf,0,2020,AWARE\n",
    "country,DE,aware_cf,101,2020,AWARE\n",
])  # fmt: skip
def test_codes_for_unknown_water_are_no_context(settings: Settings, row: str) -> None:
    delivery = send(settings, WATER + row)
    assert (delivery.format, delivery.rows_in, delivery.rows_accepted) == ("water_contexts_csv", 2, 1)
    assert [reason.code for reason in delivery.reasons] == ["out_of_range"]


def test_raw_material_factors_name_their_type_of_footprint(settings: Settings) -> None:
    head = "material,footprint type,factor,year,source\n"
    delivery = send(settings, head + "steel,used_extraction,1.8,2020,Institute\nsteel,mixed,2,2020,Institute\n")
    assert (delivery.rows_in, delivery.rows_accepted, delivery.reasons[0].code) == (2, 1, "unknown_code")
    assert rows(settings, delivery, "material_id, value::double") == [("steel", 1.8)]
