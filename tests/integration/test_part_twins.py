"""Part twins: edges are found wherever an aspect stands, and say who stated them."""

import json
from pathlib import Path

import duckdb
import pytest

from ingestion.deliver import deliver
from ingestion.intake import drain
from tests.conftest import AT, home
from warehouse.ledger import Delivery
from warehouse.settings import Settings

BOM = "urn:samm:io.catenax.single_level_bom_as_planned:3.0.0#SingleLevelBomAsPlanned"
USAGE = "urn:samm:io.catenax.single_level_usage_as_planned:1.1.0#SingleLevelUsageAsPlanned"
PART = "urn:samm:io.catenax.part_as_planned:2.0.0#PartAsPlanned"
CONTAINER = "https://catenax.io/schema/TestDataContainer/1.0.0"
OWNER, MAKER = "BPNL00000000000A", "BPNL00000000000B"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return home(tmp_path / "home")


def send(settings: Settings, document: object) -> Delivery:
    file = settings.home.parent / "twins.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    deliver(settings, [file], "part_twins", "member")
    return drain(settings, "part_twins", AT)[-1]


def rows(settings: Settings, delivery: Delivery, columns: str) -> list[tuple[object, ...]]:
    path = settings.home / delivery.tables[0].path
    return duckdb.sql(f"select {columns} from read_parquet('{path}') order by row_number").fetchall()


def item(child: str, **more: object) -> dict[str, object]:
    return {"catenaXId": child, "businessPartner": MAKER, "quantity": {"unit": "unit:gram", "value": 0.125}} | more


def container(*items: object) -> dict[str, object]:
    part = {"catenaXId": "urn:p", "partTypeInformation": {"manufacturerPartId": "P-1", "nameAtManufacturer": "Car"}}
    usage = {"catenaXId": "urn:c", "parentParts": [
        {"parentCatenaXId": "urn:p", "quantity": {"quantityNumber": 2, "measurementUnit": "unit:piece"}}]}  # fmt: skip
    top = {"catenaXId": "urn:p", "bpnl": OWNER, PART: [part], BOM: [{"catenaXId": "urn:p", "childItems": list(items)}]}
    return {"policies": {}, CONTAINER: [top, {"catenaXId": "urn:c", "bpnl": MAKER, USAGE: [usage]}],
            "onedown": [{"catenaXId": "urn:p", "children": ["urn:c"]}]}  # fmt: skip


def test_an_edge_of_a_container_lands_with_parts_and_partners(settings: Settings) -> None:
    period = {"validFrom": "2024-01-01T00:30:00+01:00", "validTo": "2025-01-01T00:00:00Z"}
    delivery = send(settings, container(item("urn:c", validityPeriod=period)))
    assert (delivery.outcome, delivery.rows_in, delivery.rows_accepted) == ("accepted", 2, 2)
    columns = "parent_id, child_id, stated_by, parent_bpn, child_bpn, quantity::double, unit, lifecycle_phase"
    assert rows(settings, delivery, columns) == [
        ("urn:p", "urn:c", "parent", OWNER, MAKER, 0.125, "gram", "as_planned"),
        ("urn:p", "urn:c", "child", OWNER, MAKER, 2.0, "piece", "as_planned"),
    ]
    found = rows(settings, delivery, "parent_part_id, parent_part_name, valid_from_at, source_ref")[0]
    place = f"/{CONTAINER.replace('/', '~1')}/0/{BOM}/0/childItems/0"
    assert found == ("P-1", "Car", "2023-12-31T23:30:00Z", place)


@pytest.mark.parametrize(("document", "phase"), [
    ({"catenaXId": "urn:p", "childItems": [item("urn:c")]}, None),
    ({"relationships": [{"catenaXId": "urn:p", "bpn": MAKER, "linkedItem": {
        "childCatenaXId": "urn:c", "lifecycleContext": "asBuilt",
        "quantity": {"quantityNumber": 3, "measurementUnit": {"lexicalValue": "unit:piece"}}}}],
      "submodels": [{"payload": {"catenaXId": "urn:p", "childItems": [item("urn:c")]}}]}, "as_built"),
    ({"urn:bamm:io.catenax.assembly_part_relationship:1.1.1#AssemblyPartRelationship": [
        {"catenaXId": "urn:p", "childParts": [{"childCatenaXId": "urn:c"}]}]}, "as_built"),
])  # fmt: skip
def test_other_shapes_give_the_same_edge(settings: Settings, document: object, phase: str | None) -> None:
    delivery = send(settings, document)
    assert rows(settings, delivery, "parent_id, child_id, lifecycle_phase") == [("urn:p", "urn:c", phase)]


def test_what_is_no_edge_is_told_and_kept_out(settings: Settings) -> None:
    bad = [item("urn:p"), item("urn:d", businessPartner="ACME"), item(""), "urn:e",
           item("urn:f", quantity={"value": -1, "unit": "kg"}), item("urn:g", quantity={"value": 1})]  # fmt: skip
    delivery = send(settings, container(item("urn:c"), *bad))
    assert (delivery.rows_in, delivery.rows_accepted, delivery.rows_quarantined) == (8, 2, 6)
    assert {(r.row, r.code) for r in delivery.reasons} == {
        (2, "part_of_itself"), (3, "bad_format"), (4, "missing_value"), (5, "not_an_item"), (6, "out_of_range"),
        (7, "missing_value"),
    }  # fmt: skip


def test_a_document_without_edges_is_refused(settings: Settings) -> None:
    delivery = send(settings, {"onedown": [{"catenaXId": "urn:p", "children": ["urn:c"]}]})
    assert (delivery.outcome, [r.code for r in delivery.reasons]) == ("rejected", ["unknown_format"])
