"""Trade rows in other media and schemes: JSON answers give the values of the CSV, FAOSTAT keeps its codes as text."""

import csv
import io
import json
from pathlib import Path

import duckdb
import pytest

from ingestion.deliver import deliver
from ingestion.intake import drain
from tests.conftest import AT, home
from warehouse.ledger import Delivery
from warehouse.settings import Settings

ROWS = [
    {"period": "2021", "reporterCode": 156, "flowCode": "M", "partnerCode": 842, "partner2Code": 0,
     "classificationCode": "H5", "cmdCode": "0801", "customsCode": "C00", "motCode": 0, "qtyUnitCode": 8,
     "qty": 10.50, "isQtyEstimated": False, "netWgt": 12345678.9, "isNetWgtEstimated": True, "primaryValue": 99.10,
     "isReported": True},
    {"period": "202103", "reporterCode": 699, "flowCode": "X", "partnerCode": 0, "partner2Code": 0,
     "classificationCode": "H6", "cmdCode": "TOTAL", "customsCode": "C00", "motCode": 0, "qtyUnitCode": -1,
     "qty": None, "isQtyEstimated": False, "netWgt": None, "isNetWgtEstimated": False, "primaryValue": 7.0,
     "isReported": False},
]  # fmt: skip
LEGACY = {
    "pfCode": "H4", "yr": 2016, "period": 2016, "rgCode": 1, "rtCode": 276, "ptCode": 0, "ptCode2": None,
    "cstCode": "", "motCode": "", "cmdCode": "871200", "qtCode": 5, "TradeQuantity": 3, "NetWeight": None,
    "TradeValue": 1000, "estCode": 4,
}  # fmt: skip
FAOSTAT = (
    "Domain Code,Domain,Reporter Country Code (M49),Reporter Countries,Partner Country Code (M49),Partner Countries,"
    "Element Code,Element,Item Code (CPC),Item,Year Code,Year,Unit,Value,Flag,Flag Description\n"
)
FLOW = 'TM,Detailed trade matrix,"{}",Here,"024",There,5910,Export quantity,"{}",Beans,2020,2020,t,{},A,Official\n'


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return home(tmp_path / "home")


def send(settings: Settings, content: str, name: str) -> Delivery:
    file = settings.home.parent / name
    file.write_text(content, encoding="utf-8")
    deliver(settings, [file], "trade_data", "office")
    return drain(settings, "trade_data", AT)[-1]


def landed(settings: Settings, delivery: Delivery, sql: str) -> list[tuple[object, ...]]:
    return duckdb.sql(sql.format(f"read_parquet('{settings.home / delivery.tables[0].path}')")).fetchall()


def test_json_and_csv_of_the_same_rows_land_the_same_values(settings: Settings) -> None:
    text = io.StringIO()
    writer = csv.DictWriter(text, list(ROWS[0]))
    writer.writeheader()
    writer.writerows(ROWS)
    sent = [send(settings, json.dumps({"count": 2, "data": ROWS}), "a.json"), send(settings, text.getvalue(), "a.csv")]
    assert [(d.outcome, d.format) for d in sent] == [
        ("accepted", "comtrade_api_json"),
        ("accepted", "comtrade_api_csv"),
    ]
    rows = "select * exclude (delivery_id, source_ref) from {} order by row_number"
    assert landed(settings, sent[0], rows) == landed(settings, sent[1], rows)
    found = "select source_ref, hs_code, month, netweight_kg::varchar, quantity_unit, is_estimated from {} order by 1"
    assert landed(settings, sent[0], found) == [
        ("/data/0", "0801", None, "12345678.900000000", "kg", True), ("/data/1", "TOTAL", 3, None, None, False),
    ]  # fmt: skip


def test_the_legacy_answer_is_read(settings: Settings) -> None:
    delivery = send(settings, json.dumps({"validation": {}, "dataset": [LEGACY]}), "old.json")
    assert (delivery.outcome, delivery.format) == ("accepted", "comtrade_legacy_json")
    sql = "select flow, hs_code, hs_revision, year, quantity::int, quantity_unit, value_usd::int, is_estimated from {}"
    assert landed(settings, delivery, sql) == [("import", "871200", "HS12", 2016, 3, "u", 1000, True)]


def test_rows_of_an_answer_that_cannot_count_are_quarantined(settings: Settings) -> None:
    rows = [ROWS[0], "no row", {**ROWS[0], "flowCode": "??"}, {**ROWS[0], "primaryValue": None}]
    delivery = send(settings, json.dumps({"data": rows}), "mixed.json")
    assert (delivery.outcome, delivery.rows_in, delivery.rows_accepted) == ("partly_quarantined", 4, 1)
    assert {r.code for r in delivery.reasons} == {"not_a_row", "unknown_code", "missing_value"}


@pytest.mark.parametrize(
    ("document", "code"),
    [
        ({"data": [], "error": "limit"}, "error_answer"),
        ({"data": [{"a": 1}]}, "unknown_format"),
        ([1], "unknown_format"),
    ],
)
def test_an_answer_without_rows_is_rejected(settings: Settings, document: object, code: str) -> None:
    delivery = send(settings, json.dumps(document), "x.json")
    assert (delivery.outcome, [r.code for r in delivery.reasons]) == ("rejected", [code])


def test_faostat_codes_stay_text(settings: Settings) -> None:
    delivery = send(
        settings, FAOSTAT + FLOW.format("032", "0141", "7.5") + FLOW.format("'004", "'01921.02", ""), "f.csv"
    )
    assert (delivery.format, delivery.rows_accepted) == ("faostat_tm_csv", 2)
    sql = "select reporter_m49, partner_m49, item_code, unit, value::varchar, flag from {} order by row_number"
    assert landed(settings, delivery, sql) == [
        ("032", "024", "0141", "t", "7.500000000", "A"), ("004", "024", "01921.02", "t", None, "A"),
    ]  # fmt: skip


def test_faostat_rows_with_lost_zeros_or_odd_values_are_quarantined(settings: Settings) -> None:
    rows = [
        ("32", "0141", "1"),
        ("032", "HS12", "1"),
        ("032", "0141", "-1"),
        ("032", "0141", "1,5 t"),
        ("032", "0141", "2"),
    ]
    delivery = send(settings, FAOSTAT + "".join(FLOW.format(a, b, f'"{c}"') for a, b, c in rows), "f.csv")
    assert (delivery.outcome, delivery.rows_in, delivery.rows_accepted) == ("partly_quarantined", 5, 1)
    assert {(r.code, r.field) for r in delivery.reasons} == {
        ("bad_format", "reporter_m49"), ("bad_format", "item_code"), ("out_of_range", "value"), ("not_a_number", "value"),
    }  # fmt: skip
