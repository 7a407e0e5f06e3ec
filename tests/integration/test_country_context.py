"""Wide tables of indicators: each row lands whole, years or indicators are columns, and a broken cell is found."""

import json
from pathlib import Path

import duckdb
import pytest

from ingestion.deliver import deliver
from ingestion.intake import drain
from tests.conftest import AT, home
from warehouse.ledger import Delivery
from warehouse.settings import Settings

BANK = """Country Name,Country Code,Series Name,Series Code,1996 [YR1996],2022 [YR2022]
Elsewhere,ELS,Control: Estimate,CC.EST,-1.25,..
World,WLD,Control: Estimate,CC.EST,0,1e-3
,,,,,
Last Updated: 09/29/2023,,,,,
"""
LONG = """codeindyr,code,countryname,year,indicator,estimate,stddev,nsource,pctrank,pctranklower,pctrankupper
x,ELS,Elsewhere,2020,cc,-1.2,0.2,7,10,5,15
"""
OWID = "country,year,iso_code,co2,gdp,new_thing\nElsewhere,2020,ELS,7.5,,1\n"
UNDP = "iso3,country,hdicode,region,hdi_2019,hdi_2020\nELS,Elsewhere,High,SA,0.7,\n"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return home(tmp_path / "home")


def send(settings: Settings, content: str, name: str = "file.csv") -> Delivery:
    file = settings.home.parent / name
    file.write_text(content, encoding="utf-8")
    deliver(settings, [file], "country_context", "office")
    return drain(settings, "country_context", AT)[-1]


def landed(settings: Settings, delivery: Delivery, columns: str) -> list[tuple[object, ...]]:
    path = settings.home / delivery.tables[0].path
    return duckdb.sql(f"select {columns} from read_parquet('{path}') order by row_number").fetchall()


@pytest.mark.parametrize("header", [BANK, BANK.replace(" [YR1996]", "").replace("Series", "Indicator")])
def test_years_as_columns_and_notes_at_the_end(settings: Settings, header: str) -> None:
    delivery = send(settings, header)
    assert (delivery.outcome, delivery.format, delivery.rows_in) == ("accepted", "world_bank_wide_csv", 4)
    rows = landed(settings, delivery, "row_kind, country_code, indicator_code, sent_values, note")
    values = json.loads(str(rows[0][3]))
    assert values["|1996"] == "-1.25"
    assert [(row[0], row[1], row[4]) for row in rows] == [
        ("data", "ELS", None), ("data", "WLD", None), ("note", None, None), ("note", None, "Last Updated: 09/29/2023"),
    ]  # fmt: skip


@pytest.mark.parametrize(("content", "name", "year", "values"), [
    (LONG, "wgi_long_csv", 2020, {".EST|": "-1.2", ".STD.ERR|": "0.2", ".NO.SRC|": "7", ".PER.RNK|": "10",
                                  ".PER.RNK.LOWER|": "5", ".PER.RNK.UPPER|": "15"}),
    (OWID, "owid_co2_csv", 2020, {"co2|": "7.5", "gdp|": None}),
    (UNDP, "undp_hdr_csv", None, {"hdi|2019": "0.7", "hdi|2020": None}),
])  # fmt: skip
def test_indicators_as_columns(settings: Settings, content: str, name: str, year: int | None, values: object) -> None:
    delivery = send(settings, content)
    assert (delivery.format, delivery.rows_in, delivery.rows_accepted) == (name, 1, 1)
    row = landed(settings, delivery, "country_code, country_name, year, sent_values")[0]
    assert (*row[:3], json.loads(str(row[3]))) == ("ELS", "Elsewhere", year, values)


def test_an_indicator_nobody_declared_is_kept_and_warned_about(settings: Settings) -> None:
    delivery = send(settings, OWID)
    assert (delivery.outcome, [r.field for r in delivery.reasons]) == ("accepted_with_warnings", ["new_thing"])


def test_the_file_name_may_say_the_edition(settings: Settings) -> None:
    delivery = send(settings, UNDP, "HDR23-24_series.csv")
    assert landed(settings, delivery, "edition") == [("HDR23-24",)]


def test_rows_that_cannot_count_are_quarantined(settings: Settings) -> None:
    rows = ["Elsewhere,ELS,Control,CC.EST,about 5,1", ",,Control,CC.EST,1,1", "Elsewhere,ELS,Control,,1,1"]
    delivery = send(settings, BANK + "\n".join([*rows, "ragged,x", ""]))
    assert (delivery.outcome, delivery.rows_in, delivery.rows_accepted) == ("partly_quarantined", 8, 4)
    assert {(r.code, r.field) for r in delivery.reasons} == {
        ("not_a_number", "sent_values"), ("missing_value", "country_name"), ("missing_value", "indicator_code"),
        ("ragged_row", None),
    }  # fmt: skip


def test_a_code_book_is_rejected(settings: Settings) -> None:
    delivery = send(settings, "column,description,source\nco2,Emissions,Somebody\n")
    assert (delivery.outcome, [r.code for r in delivery.reasons]) == ("rejected", ["unknown_format"])
