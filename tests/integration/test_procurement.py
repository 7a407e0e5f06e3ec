"""Procurement through the intake: what is said, what is denied, what is withheld and what is missing stay apart."""

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

UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
EFORMS = "http://data.europa.eu/p27/eforms-ubl-extension"
NOTICE = (
    '<ContractAwardNotice xmlns="{u}ContractAwardNotice-2" xmlns:cac="{u}CommonAggregateComponents-2"'
    ' xmlns:cbc="{u}CommonBasicComponents-2" xmlns:ext="{u}CommonExtensionComponents-2" xmlns:efext="{e}s/1"'
    ' xmlns:efac="{e}-aggregate-components/1" xmlns:efbc="{e}-basic-components/1">{extension}'
    "<cbc:CustomizationID>eforms-sdk-1.3</cbc:CustomizationID><cbc:ID>n-1</cbc:ID>"
    "<cbc:ContractFolderID>p-1</cbc:ContractFolderID><cbc:IssueDate>2025-03-04+01:00</cbc:IssueDate>"
    '<cbc:NoticeTypeCode listName="result">can-standard</cbc:NoticeTypeCode>'
    "<cbc:NoticeLanguageCode>DEU</cbc:NoticeLanguageCode><cac:ContractingParty><cac:Party><cac:PartyIdentification>"
    "<cbc:ID>ORG-1</cbc:ID></cac:PartyIdentification></cac:Party></cac:ContractingParty>{lots}</ContractAwardNotice>"
)
BUYER = (
    "<efac:Organizations><efac:Organization><efac:Company><cac:PartyIdentification><cbc:ID>ORG-1</cbc:ID>"
    "</cac:PartyIdentification><cac:PartyName><cbc:Name>City</cbc:Name></cac:PartyName><cac:PartyLegalEntity>"
    '<cbc:CompanyID schemeName="national">7</cbc:CompanyID></cac:PartyLegalEntity></efac:Company></efac:Organization>'
    "</efac:Organizations>"
)
EXTENSION = (
    "<ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent><efext:EformsExtension>{0}</efext:EformsExtension>"
    "</ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>"
)
LOT = (
    '<cac:ProcurementProjectLot><cbc:ID schemeName="Lot">{0}</cbc:ID><cac:ProcurementProject>'
    '<cbc:Name languageID="FRA">Papier</cbc:Name><cbc:Name languageID="DEU">Kopierpapier</cbc:Name>{1}'
    "</cac:ProcurementProject></cac:ProcurementProjectLot>"
)
CODE = (
    "<cac:ProcurementAdditionalType>{2}"
    '<cbc:ProcurementTypeCode listName="{0}">{1}</cbc:ProcurementTypeCode></cac:ProcurementAdditionalType>'
)
PRIVACY = "<efac:FieldsPrivacy><efbc:FieldIdentifierCode>{0}</efbc:FieldIdentifierCode></efac:FieldsPrivacy>"
RESULT = (
    "<efac:NoticeResult><efac:LotResult><cbc:ID>RES-1</cbc:ID><cbc:TenderResultCode>selec-w</cbc:TenderResultCode>"
    "<efac:LotTender><cbc:ID>TEN-1</cbc:ID></efac:LotTender><efac:TenderLot><cbc:ID>{lot}</cbc:ID></efac:TenderLot>"
    "</efac:LotResult><efac:LotTender><cbc:ID>TEN-1</cbc:ID>{privacy}<cac:LegalMonetaryTotal>"
    '<cbc:PayableAmount currencyID="{currency}">{amount}</cbc:PayableAmount></cac:LegalMonetaryTotal>'
    "</efac:LotTender></efac:NoticeResult>"
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return home(tmp_path / "home")


def send(settings: Settings, content: str | dict[str, Any] | list[Any]) -> Delivery:
    file = settings.home.parent / "delivered"
    file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
    deliver(settings, [file], "procurement", "publisher")
    return drain(settings, "procurement", AT)[-1]


def landed(settings: Settings, delivery: Delivery, columns: str) -> list[tuple[object, ...]]:
    path = settings.home / delivery.tables[0].path
    return duckdb.sql(f"select {columns} from read_parquet('{path}') order by row_number").fetchall()


def notice(lots: str, results: str = "") -> str:
    return NOTICE.format(u=UBL, e=EFORMS, lots=lots, extension=EXTENSION.format(results + BUYER))


def code(list_name: str, value: str, privacy: str = "") -> str:
    return CODE.format(list_name, value, EXTENSION.format(PRIVACY.format(privacy)) if privacy else "")


def release(**parts: Any) -> dict[str, Any]:
    return {"ocid": "ocds-1", "id": "r-1", "date": "2025-05-06T23:00:00-05:00", "tag": ["tender"],
            "buyer": {"name": "City"}, **parts}  # fmt: skip


def package(*releases: dict[str, Any], **head: Any) -> dict[str, Any]:
    return {"version": "1.1", "extensions": ["https://example.org/unknown"], "releases": list(releases), **head}


def codes(delivery: Delivery) -> list[str]:
    return sorted(reason.code for reason in delivery.reasons)


AIMS = (
    (code("strategic-procurement", "none"), ("declared_none", "declared_none", "declared_none", "absent")),
    ("", ("absent", "absent", "absent", "absent")),
    (code("strategic-procurement", "unpublished", "any"), ("withheld", "withheld", "withheld", "absent")),
    (code("strategic-procurement", "env-imp", "any"), ("withheld", "withheld", "withheld", "absent")),
    (code("strategic-procurement", "soc-obj"), ("stated", "not_chosen", "stated", "absent")),
    (code("environmental-impact", "clim-mitig"), ("stated", "stated", "not_chosen", "absent")),
    (code("gpp-criteria", "none"), ("absent", "absent", "absent", "declared_none")),
    (code("gpp-criteria", "eu") + code("strategic-procurement", "env-imp"),
     ("stated", "stated", "not_chosen", "stated")),
)  # fmt: skip


def test_each_answer_about_aims_keeps_its_own_state(settings: Settings) -> None:
    lots = "".join(LOT.format(f"LOT-{number}", sent) for number, (sent, _) in enumerate(AIMS))
    delivery = send(settings, notice(lots))
    assert (delivery.outcome, delivery.format, delivery.rows_accepted) == ("accepted", "eforms_xml", len(AIMS))
    found = landed(settings, delivery, "strategic_state, green_state, social_state, gpp_state")
    assert found == [states for _, states in AIMS]
    kept_back = "strategic_codes, green_codes, withheld_fields"
    assert landed(settings, delivery, kept_back)[3] == (None, None, "any")


def test_a_notice_is_read_in_its_own_language_and_says_so(settings: Settings) -> None:
    delivery = send(settings, notice(LOT.format("LOT-1", "")))
    columns = "lot_title, title_language, standard_version, phase, notice_date::varchar, source_ref"
    assert landed(settings, delivery, "buyer_id, buyer_scheme, buyer_name") == [("7", "national", "City")]
    place = "/ContractAwardNotice/cac:ProcurementProjectLot[1]"
    assert landed(settings, delivery, columns) == [
        ("Kopierpapier", "DEU", "eforms-sdk-1.3", "award", "2025-03-04", place)
    ]


@pytest.mark.parametrize(("amount", "currency", "privacy", "state"), [
    ("-1", "unpublished", "win-ten-val", "withheld"),
    ("-1.00", "EUR", "", "withheld"),
    ("500", "EUR", "win-ten-val", "withheld"),
    ("500", "EUR", "ten-ran", "stated"),
])  # fmt: skip
def test_a_withheld_value_is_never_a_number(
    settings: Settings, amount: str, currency: str, privacy: str, state: str
) -> None:
    mark = PRIVACY.format(privacy) if privacy else ""
    result = RESULT.format(lot="LOT-1", privacy=mark, currency=currency, amount=amount)
    delivery = send(settings, notice(LOT.format("LOT-1", ""), result))
    value, found, award = landed(settings, delivery, "award_value, award_value_state, award_id")[0]
    assert (found, award) == (state, "TEN-1")
    assert (value is None) == (state == "withheld")


def test_a_result_about_an_unknown_lot_is_quarantined(settings: Settings) -> None:
    result = RESULT.format(lot="LOT-9", privacy="", currency="EUR", amount="5")
    delivery = send(settings, notice(LOT.format("LOT-1", ""), result))
    assert (delivery.outcome, delivery.rows_in, delivery.rows_accepted) == ("partly_quarantined", 2, 1)
    assert codes(delivery) == ["unknown_lot"]


def test_awards_stand_with_their_lots_and_count_once(settings: Settings) -> None:
    awards = [
        {"id": "a1", "status": "active", "date": "2025-06-01", "value": {"amount": 0.10, "currency": "EUR"},
         "relatedLots": ["1", "2"], "suppliers": [{"id": "p2", "name": "Supplier"}]},
        {"id": "a2", "relatedLots": ["2"]},
        {"id": "a3", "status": "cancelled"},
    ]  # fmt: skip
    parties = [{"id": "p2", "name": "Supplier", "identifier": {"scheme": "DE-HRB", "id": "77"}}]
    sent = release(tender={"lots": [{"id": "1"}, {"id": "2"}, {"id": "3"}]}, awards=awards, parties=parties)
    delivery = send(settings, [package(sent), package(release(id="r-2"), version="1.0")])
    assert (delivery.outcome, delivery.rows_accepted) == ("accepted", 6)
    columns = "lot_level, lot_id, award_id, award_value::varchar, n_award_lots, supplier_ids"
    assert landed(settings, delivery, columns)[:5] == [
        ("lot", "1", "a1", "0.100000000", 2, "DE-HRB:77"),
        ("lot", "2", "a1", "0.100000000", 2, "DE-HRB:77"),
        ("lot", "2", "a2", None, 1, None),
        ("lot", "3", None, None, None, None),
        ("procedure", None, "a3", None, None, None),
    ]


SUSTAINABLE = (
    ({"hasSustainability": False}, ("declared_none", "declared_none", "declared_none", "absent")),
    ({"hasSustainability": True}, ("stated", "absent", "absent", "absent")),
    ({"sustainability": [{"goal": "environmental.recycling", "strategies": ["euGPPCriteria"]}]},
     ("stated", "stated", "not_chosen", "stated")),
    ({"sustainability": [{"strategies": ["awardCriteria"]}]}, ("stated", "absent", "absent", "absent")),
    ({}, ("stated", "not_chosen", "stated", "absent")),
)  # fmt: skip


def test_the_lot_answers_for_itself_and_the_tender_for_the_silent(settings: Settings) -> None:
    lots = [{"id": str(number), **said} for number, (said, _) in enumerate(SUSTAINABLE)]
    tender = {"lots": lots, "sustainability": [{"goal": "social.laborRightsPromotion"}]}
    delivery = send(settings, package(release(tender=tender)))
    found = landed(settings, delivery, "strategic_state, green_state, social_state, gpp_state")
    assert found == [states for _, states in SUSTAINABLE]
    assert landed(settings, delivery, "strategic_level, social_codes")[-1] == (
        "procedure", "social.laborRightsPromotion"
    )  # fmt: skip


def test_a_record_is_compiled_from_its_releases(settings: Settings) -> None:
    lot = {"id": "1", "title": "Paper", "sustainability": [{"goal": "social"}]}
    first = release(tender={"title": "Old", "lots": [lot]})
    later = release(id="r-2", date="2025-07-01T00:00:00Z", tag=["award"], awards=[{"id": "a1"}],
                    tender={"lots": [{"id": "1", "sustainability": [{"goal": "environmental"}]}]})  # fmt: skip
    linked = {"ocid": "ocds-2", "releases": [{"url": "https://example.org"}], "compiledRelease": release(ocid="ocds-2")}
    records = [{"ocid": "ocds-1", "releases": [later, first]}, linked, {"ocid": "ocds-3", "releases": [{"url": "x"}]}]
    delivery = send(settings, {"version": "1.1", "records": records})
    assert (delivery.rows_in, delivery.rows_accepted, codes(delivery)) == (3, 2, ["not_compiled"])
    columns = "procedure_id, lot_title, award_id, strategic_codes, phase, source_ref"
    assert landed(settings, delivery, columns) == [
        ("ocds-1", "Paper", "a1", "environmental", "award", "/records/0/tender/lots/0"),
        ("ocds-2", None, None, None, "tender", "/records/1/compiledRelease"),
    ]


def test_contracts_without_their_award_are_rows_of_their_own(settings: Settings) -> None:
    sent = [{"id": f"c{n}", "awardID": "a1", "value": {"amount": n, "currency": "EUR"}} for n in (1, 2)]
    delivery = send(settings, package(release(contracts=sent, tag=["contract"])))
    found = landed(settings, delivery, "award_id, contract_ids, award_value::int, award_value_basis, phase")
    assert found == [("a1", "c1", 1, "contract", "contract"), ("a1", "c2", 2, "contract", "contract")]


def test_one_release_per_line_is_read_and_a_damaged_line_is_named(settings: Settings) -> None:
    lines = [json.dumps(release()), "", json.dumps(release(ocid="ocds-2")), '{"ocid": "ocds-3"', '{"a": 1, "a": 2}']
    delivery = send(settings, "\n".join(lines))
    assert (delivery.rows_in, delivery.rows_accepted) == (4, 2)
    assert codes(delivery) == ["damaged_json", "duplicate_key"]
    assert landed(settings, delivery, "procedure_id, source_ref") == [("ocds-1", "line 1"), ("ocds-2", "line 3")]


def test_cpv_and_other_codes_stay_apart(settings: Settings) -> None:
    paper = {"id": "1", "classification": {"scheme": "CPV", "id": "30197630-1"},
             "additionalClassifications": [{"scheme": "CPV", "id": "22990000"}, {"scheme": "UNSPSC", "id": "14111507"}]}  # fmt: skip
    delivery = send(settings, package(release(tender={"items": [paper, None]})))
    found = landed(settings, delivery, "cpv_main, cpv_additional, other_classifications, notice_date::varchar")
    assert found == [("30197630", "22990000", "UNSPSC:14111507", "2025-05-06")]


def test_a_lot_without_codes_has_those_of_its_tender(settings: Settings) -> None:
    items = [{"id": "1", "relatedLot": "1", "additionalClassifications": [{"scheme": "CPV", "id": "22990000"}]}]
    tender = {"classification": {"scheme": "CPV", "id": "30197630"}, "items": items, "lots": [{"id": "1"}, {"id": "2"}]}
    delivery = send(settings, package(release(tender=tender)))
    found = landed(settings, delivery, "lot_id, cpv_main, cpv_additional")
    assert found == [("1", "30197630", "22990000"), ("2", "30197630", None)]


REFUSED: tuple[tuple[Any, str, str], ...] = (
    ({"type": "FeatureCollection", "features": []}, "rejected", "unknown_format"),
    (package(release(), version="2.0"), "rejected", "unknown_version"),
    (package(release(), {"id": "r-3", "date": "2025-01-01"}), "partly_quarantined", "missing_ocid"),
    (package(release(), release(id="r-4", tender=[])), "partly_quarantined", "wrong_shape"),
    ([package(release()), {"error": "busy"}], "partly_quarantined", "not_ocds"),
    (package(release(), release(id="r-5", date="soon")), "partly_quarantined", "not_a_date"),
    ('<?xml version="1.0"?><Invoice xmlns="urn:x"/>', "rejected", "unknown_format"),
)


@pytest.mark.parametrize(("content", "outcome", "code"), REFUSED)
def test_what_cannot_be_used_is_named(settings: Settings, content: Any, outcome: str, code: str) -> None:
    delivery = send(settings, content)
    assert (delivery.outcome, code in codes(delivery)) == (outcome, True), delivery.reasons
    assert delivery.rows_in == delivery.rows_accepted + delivery.rows_quarantined
