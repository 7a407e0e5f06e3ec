"""Material flows: every envelope is opened, things in and out are told apart, times keep their place on earth."""

import json
from pathlib import Path

import duckdb
import pytest

from ingestion.deliver import deliver
from ingestion.intake import drain
from tests.conftest import AT, home
from warehouse.ledger import Delivery
from warehouse.settings import Settings

EVENT = {
    "type": "ObjectEvent", "action": "OBSERVE", "eventTime": "2026-01-02T00:30:00.5+02:00", "eventID": "urn:uuid:1",
    "eventTimeZoneOffset": "+02:00", "bizStep": "https://ref.gs1.org/cbv/BizStep-shipping",
    "epcList": ["urn:epc:id:sgtin:1.2.3"], "quantityList": [{"epcClass": "urn:c", "quantity": 200.25, "uom": "KGM"}],
    "readPoint": {"id": "urn:epc:id:sgln:1.2.3"},
    "sourceList": [{"type": "urn:epcglobal:cbv:sdt:owning_party", "source": "urn:a"}, {"type": "location", "source": "urn:l"}],
    "destinationList": [{"type": "possessing_party", "destination": "urn:b"}], "example:note": "x",
}  # fmt: skip
MADE = {
    "type": "TransformationEvent", "eventTime": "2026-01-02T10:00:00Z", "eventTimeZoneOffset": "+00:00",
    "inputEPCList": ["urn:i"], "inputQuantityList": [{"epcClass": "urn:q", "quantity": 10, "uom": "KGM"}],
    "outputQuantityList": [{"epcClass": "urn:o", "quantity": 4}],
}  # fmt: skip


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return home(tmp_path / "home")


def send(settings: Settings, document: object) -> Delivery:
    file = settings.home.parent / "events.jsonld"
    file.write_text(json.dumps(document), encoding="utf-8")
    deliver(settings, [file], "material_flows", "carrier")
    return drain(settings, "material_flows", AT)[-1]


def rows(settings: Settings, delivery: Delivery, columns: str) -> list[tuple[object, ...]]:
    path = settings.home / delivery.tables[0].path
    return duckdb.sql(f"select {columns} from read_parquet('{path}') order by row_number").fetchall()


@pytest.mark.parametrize(("document", "pointer"), [
    (MADE, ""), ([MADE], "/0"), ({"type": "EPCISDocument", "epcisBody": {"eventList": [MADE]}}, "/epcisBody/eventList/0"),
    ({"type": "EPCISDocument", "epcisBody": {"event": MADE}}, "/epcisBody/event"),
    ({"epcisBody": {"queryResults": {"resultsBody": {"eventList": [MADE]}}}},
     "/epcisBody/queryResults/resultsBody/eventList/0"),
])  # fmt: skip
def test_every_envelope_is_opened_and_things_go_in_and_out(settings: Settings, document: object, pointer: str) -> None:
    delivery = send(settings, document)
    assert (delivery.rows_in, delivery.rows_accepted, delivery.rows_quarantined) == (3, 3, 0)
    assert rows(settings, delivery, "item_role, item_id, quantity::double, uom, source_ref") == [
        ("input", "urn:i", 1.0, None, f"{pointer}/inputEPCList/0"),
        ("input", "urn:q", 10.0, "KGM", f"{pointer}/inputQuantityList/0"),
        ("output", "urn:o", 4.0, None, f"{pointer}/outputQuantityList/0"),
    ]


def test_words_parties_and_times_are_in_their_columns(settings: Settings) -> None:
    delivery = send(settings, [EVENT])
    columns = "event_at, event_offset, biz_step, source_owner, source_location, destination_possessor, other_fields"
    due = ("2026-01-01T22:30:00.500000Z", "+02:00", "shipping", "urn:a", "urn:l", "urn:b")
    assert rows(settings, delivery, columns) == [(*due, '{"example:note": "x"}'), (*due, None)]


def test_an_event_without_things_and_one_declared_wrong_are_rows(settings: Settings) -> None:
    packed = {"type": "AggregationEvent", "parentID": "urn:pallet", "epcList": None, "quantityList": None}
    wrong = {"errorDeclaration": {"declarationTime": "2026-02-01T00:00:00Z", "reason": "incorrect_data"}}
    delivery = send(settings, [EVENT | packed | wrong])
    columns = "item_role, item_id, parent_id, error_declared_at, error_reason"
    assert rows(settings, delivery, columns) == [
        ("nothing", None, "urn:pallet", "2026-02-01T00:00:00Z", "incorrect_data")
    ]


def test_what_is_no_flow_is_told_and_kept_out(settings: Settings) -> None:
    one = EVENT | {"quantityList": None}
    bad = [
        one | {"eventTime": "2026-01-02T00:30:00"}, one | {"eventTimeZoneOffset": "CET"}, one | {"type": "QuantityEvent"},
        one | {"action": None}, one | {"epcList": [7]}, "event", MADE | {"inputEPCList": None, "outputQuantityList": None,
        "inputQuantityList": [{"epcClass": "urn:q", "quantity": -1}]},
    ]  # fmt: skip
    delivery = send(settings, [EVENT, *bad])
    assert (delivery.rows_in, delivery.rows_accepted, delivery.rows_quarantined) == (9, 2, 7)
    assert {(r.row, r.code) for r in delivery.reasons if r.code != "missing_should"} == {
        (3, "bad_format"), (4, "bad_format"), (5, "unknown_code"), (6, "missing_value"), (7, "not_an_item"),
        (8, "not_an_event"), (9, "out_of_range"),
    }  # fmt: skip


def test_a_document_without_events_is_refused(settings: Settings) -> None:
    delivery = send(settings, {"type": "EPCISDocument", "epcisBody": {"eventList": []}})
    assert (delivery.outcome, [r.code for r in delivery.reasons]) == ("rejected", ["unknown_format"])
