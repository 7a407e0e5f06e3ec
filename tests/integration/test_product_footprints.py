"""Product footprints: every envelope is opened, editions never share a row, decimals keep their digits."""

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest

from ingestion.deliver import deliver
from ingestion.intake import drain
from tests.conftest import AT, home
from warehouse.ledger import Delivery
from warehouse.settings import Settings

HEAD = {
    "id": "3fa85f64-5717-4562-b3fc-2c963f66afa6", "created": "2025-02-01T01:30:00+02:00", "status": "Active",
    "companyName": "Mill Ltd", "companyIds": ["urn:uuid:1"], "productNameCompany": "Yarn", "productDescription": "",
    "productIds": ["urn:gtin:4712345060507"], "precedingPfIds": ["a", "b"], "extensions": [{"specVersion": "2.0"}],
}  # fmt: skip
TWO = HEAD | {"specVersion": "2.2.0", "version": 1, "productCategoryCpc": "26", "pcf": {
    "declaredUnit": "kilogram", "unitaryProductAmount": "12.0", "pCfExcludingBiogenic": "1.0000000000001",
    "pCfIncludingBiogenic": "-0.5", "fossilGhgEmissions": "0.9", "fossilCarbonContent": "0", "biogenicCarbonContent": "0.4",
    "crossSectoralStandardsUsed": ["GHG Protocol Product standard"], "referencePeriodStart": "2024-01-01T00:00:00Z",
    "referencePeriodEnd": "2025-01-01T00:00:00Z", "geographyCountry": "FR", "primaryDataShare": 56.12,
    "dqi": {"coveragePercent": 80, "technologicalDQR": 2.5}, "assurance": {"assurance": True, "level": "limited"},
    "packagingEmissionsIncluded": False}}  # fmt: skip
THREE = HEAD | {"id": "b1", "specVersion": "3.0.1", "pcf": {
    "declaredUnitOfMeasurement": "piece", "declaredUnitAmount": "10", "productMassPerDeclaredUnit": "0.2",
    "pcfExcludingBiogenicUptake": "42.0", "pcfIncludingBiogenicUptake": "40.5", "biogenicCO2Uptake": "-1.5",
    "fossilGhgEmissions": "41.2", "crossSectoralStandards": ["ISO14067"], "ipccCharacterizationFactors": ["AR6"],
    "referencePeriodStart": "2024-01-01T00:00:00Z", "referencePeriodEnd": "2025-01-01T00:00:00Z",
    "dqi": {"technologicalDQR": "4.5"}, "verification": {"coverage": "product level"}, "primaryDataShare": "60"}}  # fmt: skip


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return home(tmp_path / "home")


def send(settings: Settings, document: object) -> Delivery:
    file = settings.home.parent / "footprints.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    deliver(settings, [file], "product_footprints", "mill")
    return drain(settings, "product_footprints", AT)[-1]


def rows(settings: Settings, delivery: Delivery, columns: str) -> list[tuple[object, ...]]:
    path = settings.home / delivery.tables[0].path
    return duckdb.sql(f"select {columns} from read_parquet('{path}') order by row_number").fetchall()


def changed(footprint: dict[str, Any], name: str, **pcf: object) -> dict[str, Any]:
    return footprint | {"id": name, "pcf": footprint["pcf"] | pcf}


@pytest.mark.parametrize(("document", "pointer"), [
    (TWO, "/"), ([TWO], "/0"), ({"data": [TWO]}, "/data/0"),
    ({"specversion": "1.0", "id": "e", "type": "published", "data": {"pfs": [TWO]}}, "/data/pfs/0"),
    ([{"specversion": "1.0", "id": "e", "data": TWO}], "/0/data"),
])  # fmt: skip
def test_every_envelope_is_opened(settings: Settings, document: object, pointer: str) -> None:
    delivery = send(settings, document)
    assert (delivery.outcome, delivery.rows_in, delivery.rows_accepted) == ("accepted", 1, 1)
    assert rows(settings, delivery, "source_ref") == [(pointer,)]


def test_each_edition_keeps_its_own_reference_amount(settings: Settings) -> None:
    delivery = send(settings, [TWO, THREE])
    columns = "spec_edition, declared_unit, unitary_product_amount::double, declared_unit_amount::double"
    assert rows(settings, delivery, columns) == [("2", "kilogram", 12.0, None), ("3", "piece", None, 10.0)]
    columns = "pcf_excluding_biogenic, biogenic_uptake_kgco2e::double, dqr_technological::double, is_assured"
    assert rows(settings, delivery, columns) == [("1.0000000000001", None, 2.5, True), ("42.0", -1.5, 4.5, None)]


def test_times_are_utc_lists_are_lists_and_nothing_is_lost(settings: Settings) -> None:
    delivery = send(settings, TWO)
    columns = "created_at, preceding_ids, cross_sectoral_standards, other_fields, assurance_level"
    due = ("2025-01-31T23:30:00Z", '["a", "b"]', '["GHG Protocol Product standard"]',
           '{"extensions": [{"specVersion": "2.0"}]}', "limited")  # fmt: skip
    assert rows(settings, delivery, columns) == [due]


def test_what_mixes_editions_or_leaves_its_scale_is_kept_out(settings: Settings) -> None:
    bad = [
        changed(TWO, "a", pcfExcludingBiogenicUptake="1"), changed(TWO, "b", pCfExcludingBiogenic="1,5"),
        changed(TWO, "c", dqi={"technologicalDQR": "4"}), changed(THREE, "d", declaredUnitAmount=None),
        changed(THREE, "e", referencePeriodStart="last year"), TWO | {"specVersion": "9.0"}, {"id": "no footprint"},
    ]  # fmt: skip
    delivery = send(settings, {"data": [TWO, *bad]})
    assert (delivery.rows_in, delivery.rows_accepted, delivery.rows_quarantined) == (8, 1, 7)
    assert {(r.row, r.code) for r in delivery.reasons if r.row} >= {
        (2, "mixed_editions"), (3, "bad_format"), (4, "rating_off_scale"), (5, "missing_value"), (6, "bad_format"),
        (7, "edition_unknown"), (8, "not_a_footprint"),
    }  # fmt: skip


def test_a_document_without_footprints_is_refused(settings: Settings) -> None:
    delivery = send(settings, {"code": "AccessDenied", "message": "no"})
    assert (delivery.outcome, [r.code for r in delivery.reasons]) == ("rejected", ["unknown_format"])
