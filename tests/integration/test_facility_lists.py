"""Facility lists in the words of many brands: read by name, countries understood, wrong ids and places told."""

import csv
import io
from pathlib import Path

import duckdb
import openpyxl
import pytest

from ingestion.deliver import deliver
from ingestion.formats.country_names import country_code
from ingestion.intake import drain
from ingestion.sources.facility_lists import workers
from tests.conftest import AT, home
from warehouse.ledger import Delivery
from warehouse.settings import Settings

SPELLINGS = (
    ("facility_lists.csv", ",", ["country", "name", "address", "sector", "lat", "lng"]),
    ("brand.csv", ";", ["Factory Name", "Country/Region", "Latitude", "Longitude", "Street Address", "Industry"]),
    ("vendor.csv", "\t", ["Vendor Name", "ISO Country Code", "Factory Address", "Product Category", "Lat", "Long"]),
)
CELLS = {
    "name": "Müller Nähwerk", "address": "Am Kai 1, Halle 2", "country": "Germany", "sector": "Apparel", "lat": "51,5",
    "lng": "9.25",
}  # fmt: skip
MEANT = {
    "factory name": "name", "vendor name": "name", "country/region": "country", "iso country code": "country",
    "latitude": "lat", "longitude": "lng", "long": "lng", "street address": "address", "factory address": "address",
    "industry": "sector", "product category": "sector",
}  # fmt: skip
HEADER = "name,address,country,number_of_workers,lat,lng,os_id\n"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return home(tmp_path / "home")


def send(settings: Settings, content: bytes | str, name: str = "list.csv") -> Delivery:
    file = settings.home.parent / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    deliver(settings, [file], "facility_lists", "brand")
    return drain(settings, "facility_lists", AT)[-1]


def rows(settings: Settings, delivery: Delivery, columns: str) -> list[tuple[object, ...]]:
    path = settings.home / delivery.tables[0].path
    return duckdb.sql(f"select {columns} from read_parquet('{path}') order by row_number").fetchall()


def found(delivery: Delivery) -> set[tuple[str, str | None, int | None]]:
    return {(reason.code, reason.field, reason.row) for reason in delivery.reasons}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "windows-1252"])
@pytest.mark.parametrize(("name", "delimiter", "header"), SPELLINGS)
def test_a_list_is_read_by_the_words_of_its_header(
    settings: Settings, encoding: str, name: str, delimiter: str, header: list[str]
) -> None:
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerows([header, [CELLS[MEANT.get(word.casefold(), word.casefold())] for word in header]])
    delivery = send(settings, text.getvalue().encode(encoding), name)
    assert (delivery.outcome, delivery.rows_in, delivery.rows_accepted) == ("accepted", 1, 1)
    values = rows(settings, delivery, "name, address, country, country_iso2, lat::double, lng::double")
    assert values == [("Müller Nähwerk", "Am Kai 1, Halle 2", "Germany", "DE", 51.5, 9.25)]


def test_a_factory_beside_its_supplier_is_the_row(settings: Settings) -> None:
    delivery = send(settings, "Supplier Name,Factory Name,Address,Country\nTrading Ltd,Mill 7,Road 1,Viet Nam\n")
    assert rows(settings, delivery, "name, supplier_name, country_iso2") == [("Mill 7", "Trading Ltd", "VN")]


def test_a_workbook_is_read_below_its_title_rows(settings: Settings) -> None:
    workbook = openpyxl.Workbook()
    workbook.active.append(["Published in spring"])
    sheet = workbook.create_sheet("Tier 1")
    lines = [[], ["Our factories"], ["Factory Name", "Address", "Country", "No. of Workers"],
             ["Mill 7", "Road 1", "TURKEY", 1200], [None, None, None, None], ["Mill 8", "#REF!", "Peru", "1-50"]]  # fmt: skip
    for line in lines:
        sheet.append(line)
    sheet["B6"].data_type = "e"
    workbook.save(settings.home.parent / "made.xlsx")
    delivery = send(settings, (settings.home.parent / "made.xlsx").read_bytes(), "list.xlsx")
    assert (delivery.outcome, delivery.rows_in, delivery.rows_accepted) == ("partly_quarantined", 2, 1)
    assert [reason.code for reason in delivery.reasons] == ["excel_error"]
    columns = "name, country_iso2, workers_min, workers_max, source_ref"
    assert rows(settings, delivery, columns) == [("Mill 7", "TR", 1200, 1200, "sheet Tier 1, row 4")]


def test_what_cannot_be_a_facility_is_told_and_kept_out(settings: Settings) -> None:
    lines = (
        "Mill 1,Road 1,Bangladesh,501-1000,23.9,90.3,BD2019067X1K87Z\n",
        "Mill 2,Road 2,Atlantis,,,,\n",
        "Mill 3,Road 3,PK,,,,PK2019067X1K87Z\n",
        "Mill 4,Road 4,PK,,91,10,\n",
        "Mill 5,Road 5,PK,,31,,\n",
        "Mill 6,,PK,,,,\n",
    )
    delivery = send(settings, HEADER + "".join(lines))
    assert (delivery.rows_in, delivery.rows_accepted, delivery.rows_quarantined) == (6, 1, 5)
    assert found(delivery) == {
        ("unknown_country", "country", 2), ("bad_checksum", "os_id", 3), ("out_of_range", "lat", 4),
        ("half_a_place", "lat", 5), ("missing_value", "address", 6),
    }  # fmt: skip


def test_an_id_of_open_supply_hub_may_have_hyphens(settings: Settings) -> None:
    delivery = send(settings, HEADER + "Mill,Road 1,India,,,,in-2019067-x1k87-g\nMill,Road 2,India,,,,A-17\n")
    assert rows(settings, delivery, "os_id") == [("IN2019067X1K87G",), ("A17",)]


def test_a_list_without_countries_is_refused(settings: Settings) -> None:
    delivery = send(settings, "name,address\nMill,Road 1\n")
    assert (delivery.outcome, [reason.code for reason in delivery.reasons]) == ("rejected", ["missing_column"])


def test_a_list_that_loses_half_of_its_rows_is_held(settings: Settings) -> None:
    lines = [f"Mill {n},Road {n},Peru\n" for n in range(10)]
    header = "name,address,country\n"
    assert send(settings, header + "".join(lines), "2025-01-01 list.csv").outcome == "accepted"
    delivery = send(settings, header + "".join(lines[:4]), "2026-01-01 list.csv")
    assert (delivery.outcome, [reason.code for reason in delivery.reasons]) == ("held", ["shrunk"])


@pytest.mark.parametrize(("sent", "code"), [
    ("CHINA", "CN"), ("usa", "US"), ("U.S.A.", "US"), ("Korea, Republic of", "KR"), ("Türkiye", "TR"), ("NA", "NA"),
    ("Côte d’Ivoire", "CI"), ("the Netherlands", "NL"), ("VNM", "VN"), ("Lao PDR", "LA"), ("UK ", "GB"), ("", None),
    ("Taiwan, Province of China", "TW"), ("Europe", None),
])  # fmt: skip
def test_countries_are_understood_as_people_write_them(sent: str, code: str | None) -> None:
    assert country_code(sent) == code


@pytest.mark.parametrize(("sent", "least", "most"), [
    ("1,200", "1200", "1200"), ("501-1000", "501", "1000"), ("<50", None, "50"), ("1001+", "1001", None),
    ("many", None, None), ("1.000 – 2.000", "1000", "2000"), (None, None, None),
])  # fmt: skip
def test_numbers_of_workers_are_ranges(sent: str | None, least: str | None, most: str | None) -> None:
    assert workers(sent) == (least, most)
