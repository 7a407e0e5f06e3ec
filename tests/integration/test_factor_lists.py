"""Lists of emission factors: every factor keeps its unit, gas, group and year, wherever the list writes them."""

from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

from ingestion.deliver import deliver
from ingestion.intake import drain
from tests.conftest import AT, home
from warehouse.ledger import Delivery
from warehouse.settings import Settings

EPA = (
    "{0} NAICS Code,{0} NAICS Title,GHG,Unit,Supply Chain Emission Factors without Margins,"
    "Margins of Supply Chain Emission Factors,Supply Chain Emission Factors with Margins,Reference USEEIO Code\n"
    '111110,Beans,{1},"{2}",0.488,0.044,0.532,1111A0\n'
)
GASES = ["kg CO2e", "kg CO2e of CH4 per unit"]
FULL_SET = [
    ["Invented factors"],
    ["Emissions source:", "Cars", None, None, "Factor set:", "Full set"],
    ["Scope:", "Scope 1", "Version:", 1.1, "Year:", 2024],
    [None, None, None, "Diesel", None, "Petrol"],
    ["Activity", "Type", "Unit", *GASES, *GASES],
    ["Cars", "Small", "km", 0.1, 1.5e-06, 0.2, None],
    [None, None, "miles", 0.16, 0.0, None, None],
    [None],
    ["Activity", "Country", "Unit", "Year", "kg CO2e"],
    ["Power", "Here", "kWh", 2023, "about 1"],
    ["Power", "There", "kWh", 2023, 0.5],
]
FLAT = [
    ["ID", "Scope", "Level 1", "Level 2", "Level 3", "Level 4", "Column Text", "UOM", "GHG/Unit",
     "GHG Conversion Factor 2023"],
    ["1_1", "Scope 1", "Fuels", "Gaseous", "Butane", None, "hot", "tonnes", "kg CO2e", 3033.38],
    ["1_2", "Scope 1", "Fuels", "Gaseous", "Butane", None, "hot", "litres", "kg CO2e", None],
]  # fmt: skip


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return home(tmp_path / "home")


def take(settings: Settings, file: Path) -> Delivery:
    deliver(settings, [file], "factor_lists", "office")
    return drain(settings, "factor_lists", AT)[-1]


def send(settings: Settings, text: str, name: str = "file.csv") -> Delivery:
    file = settings.home.parent / name
    file.write_text(text, encoding="utf-8")
    return take(settings, file)


def send_book(settings: Settings, rows: list[list[Any]]) -> Delivery:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    book.save(settings.home.parent / "book.xlsx")
    return take(settings, settings.home.parent / "book.xlsx")


def landed(settings: Settings, delivery: Delivery, columns: str) -> list[tuple[object, ...]]:
    path = settings.home / delivery.tables[0].path
    return duckdb.sql(f"select {columns} from read_parquet('{path}') order by row_number").fetchall()


@pytest.mark.parametrize(("naics", "gas", "unit", "year"), [
    ("2017", "All GHGs", "kg CO2e/2022 USD, purchaser price", 2022),
    ("2012", "Methane", "kg/2018 USD, purchaser price", 2018),
])  # fmt: skip
def test_spend_factors_of_any_edition(settings: Settings, naics: str, gas: str, unit: str, year: int) -> None:
    name = "SupplyChainGHGEmissionFactors_v1.9.0_NAICS.csv"
    delivery = send(settings, EPA.format(naics, gas, unit), name)
    assert (delivery.outcome, delivery.format) == ("accepted", "epa_supply_chain_csv")
    columns = "item_code, code_scheme, ghg, unit, price_year, edition, factor::float, factor_without_margins::float"
    expected = ("111110", f"NAICS {naics}", gas, unit, year, "v1.9.0", pytest.approx(0.532), pytest.approx(0.488))
    assert landed(settings, delivery, columns) == [expected]


def test_a_spend_factor_without_price_year_or_code_is_quarantined(settings: Settings) -> None:
    text = EPA.format("2017", "All GHGs", "kg CO2e/2022 USD, purchaser price")
    delivery = send(settings, text + '11-1,X,All GHGs,"kg/2022 USD",1,1,1,\n222222,X,All GHGs,kg per USD,1,1,1,\n')
    assert (delivery.outcome, delivery.rows_in, delivery.rows_accepted) == ("partly_quarantined", 3, 1)
    assert {(r.code, r.field) for r in delivery.reasons} >= {
        ("bad_format", "item_code"),
        ("missing_value", "price_year"),
    }


def test_a_list_without_industry_codes_is_rejected(settings: Settings) -> None:
    delivery = send(settings, EPA.format("2017", "All GHGs", "kg/2022 USD").replace("NAICS", "ISIC"))
    assert (delivery.outcome, [r.code for r in delivery.reasons]) == ("rejected", ["missing_column"])


def test_a_report_like_sheet_is_read_cell_by_cell(settings: Settings) -> None:
    delivery = send_book(settings, FULL_SET)
    assert (delivery.outcome, delivery.format) == ("partly_quarantined", "desnz_full_set_xlsx")
    assert [(r.code, r.field) for r in delivery.reasons] == [("not_a_number", "factor")]
    columns = "activity, item, detail, unit, ghg, factor::double, year, edition, source_ref"
    assert landed(settings, delivery, columns) == [
        ("Cars", "Small", "Diesel", "km", GASES[0], 0.1, 2024, "1.1", "Sheet!D6"),
        ("Cars", "Small", "Diesel", "km", GASES[1], 1.5e-06, 2024, "1.1", "Sheet!E6"),
        ("Cars", "Small", "Petrol", "km", GASES[0], 0.2, 2024, "1.1", "Sheet!F6"),
        ("Cars", "Small", "Diesel", "miles", GASES[0], 0.16, 2024, "1.1", "Sheet!D7"),
        ("Cars", "Small", "Diesel", "miles", GASES[1], 0.0, 2024, "1.1", "Sheet!E7"),
        ("Power", "There", None, "kWh", GASES[0], 0.5, 2023, "1.1", "Sheet!E11"),
    ]  # fmt: skip


def test_the_flat_file_is_read(settings: Settings) -> None:
    delivery = send_book(settings, FLAT)
    assert (delivery.outcome, delivery.format) == ("accepted", "desnz_flat_xlsx")
    columns = "activity, item, detail, unit, ghg, factor::double, year, item_code"
    assert landed(settings, delivery, columns) == [
        ("Fuels", "Gaseous", "Butane; hot", "tonnes", "kg CO2e", 3033.38, 2023, "1_1")
    ]


def test_another_workbook_is_rejected(settings: Settings) -> None:
    delivery = send_book(settings, [["Activity", "Hours"], ["Sleeping", 8]])
    assert (delivery.outcome, [r.code for r in delivery.reasons]) == ("rejected", ["unknown_format"])
