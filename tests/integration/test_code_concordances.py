"""Concordances of codes: the editions are read from the header, leading zeros come back, parts are marked."""

from pathlib import Path

import duckdb
import openpyxl
import pytest

from ingestion.deliver import deliver
from ingestion.intake import drain
from tests.conftest import AT, home
from warehouse.ledger import Delivery
from warehouse.settings import Settings

OWN = "classification,from_revision,to_revision,table_kind,from_code,to_code\n"
ALL = "classification, from_revision, to_revision, table_kind, from_code, to_code, is_part"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return home(tmp_path / "home")


def send(settings: Settings, content: str, name: str = "file.csv") -> Delivery:
    file = settings.home.parent / name
    file.write_text(content, encoding="utf-8")
    return take(settings, file)


def take(settings: Settings, file: Path) -> Delivery:
    deliver(settings, [file], "code_concordances", "office")
    return drain(settings, "code_concordances", AT)[-1]


def rows(settings: Settings, delivery: Delivery, columns: str = ALL) -> list[tuple[object, ...]]:
    path = settings.home / delivery.tables[0].path
    return duckdb.sql(f"select {columns} from read_parquet('{path}') order by row_number").fetchall()


@pytest.mark.parametrize("header", [
    "From HS 2022,To HS 2017,Relationship", "HS2022,HS2017,Correlation", "HS 2022 Code,HS 2017 Product Code,Relationship",
])  # fmt: skip
def test_the_editions_stand_in_the_header(settings: Settings, header: str) -> None:
    delivery = send(settings, f"{header}\n010121,0101.21,1:1\nex 010129,10129,1:n\n")
    assert (delivery.outcome, delivery.rows_in, delivery.rows_accepted) == ("accepted", 2, 2)
    assert rows(settings, delivery) == [
        ("HS", "HS22", "HS17", "correlation", "010121", "010121", False),
        ("HS", "HS22", "HS17", "correlation", "010129", "010129", True),
    ]


def test_what_the_header_calls_the_target_is_the_target(settings: Settings) -> None:
    delivery = send(settings, "To HS 2028;From HS 2022\n851713;851712\n")
    assert rows(settings, delivery, "from_revision, to_revision, from_code, to_code") == [
        ("HS22", "HS28", "851712", "851713")
    ]


def test_activities_have_revisions_and_words(settings: Settings) -> None:
    table = (
        "NACE Rev. 2 code;NACE Rev. 2 heading;NACE Rev. 2.1 code;NACE Rev. 2.1 heading\n47.91;Mail order;47.12;Shop\n"
    )
    columns = "classification, from_revision, to_revision, from_code, to_code, from_name, to_name"
    assert rows(settings, send(settings, table), columns) == [
        ("NACE", "NACE2", "NACE2.1", "47.91", "47.12", "Mail order", "Shop")
    ]


def test_both_sheets_of_a_workbook_are_read(settings: Settings) -> None:
    book = openpyxl.Workbook()
    book.active.title = "HS2017-HS2012 Correlations"
    book.active.append(["Table of the publisher"])
    book.active.append(["HS 2017", "HS 2012", "Relationship"])
    book.active.append([10121, "010121", "1:1"])
    sheet = book.create_sheet("HS2017 to HS2012 Conversion")
    for row in (["From HS 2017", "To HS 2012"], ["010121", "010121"], ["030211", "030211"]):
        sheet.append(row)
    book.save(settings.home.parent / "book.xlsx")
    delivery = take(settings, settings.home.parent / "book.xlsx")
    assert (delivery.outcome, delivery.rows_in) == ("accepted", 3)
    assert rows(settings, delivery, "table_kind, from_code") == [
        ("correlation", "010121"), ("conversion", "010121"), ("conversion", "030211"),
    ]  # fmt: skip


@pytest.mark.parametrize(("row", "code"), [
    ("HS,HS22,HS17,correlation,0101.21,010121", "bad_format"), ("HS,HS22,HS17,correlation,010121,NULL", "missing_value"),
    ("HS,HS21,HS17,correlation,010121,010121", "unknown_code"), ("NACE,HS22,HS17,correlation,010121,010121", "unknown_code"),
    ("NUTS,NUTS2021,NUTS2024,correlation,de111,DE111", "bad_format"),
])  # fmt: skip
def test_pairs_that_mean_nothing_are_quarantined(settings: Settings, row: str, code: str) -> None:
    delivery = send(settings, f"{OWN}CPV,CPV2007,CPV2008,correlation,03000000-1,03000000\n{row}\n")
    assert (delivery.outcome, delivery.rows_in, delivery.rows_accepted) == ("partly_quarantined", 2, 1)
    assert [reason.code for reason in delivery.reasons] == [code]


def test_one_edition_twice_is_no_concordance(settings: Settings) -> None:
    delivery = send(settings, "HS 2022,HS 2022\n010121,010121\n")
    assert (delivery.outcome, delivery.reasons[0].code) == ("rejected", "unknown_format")
