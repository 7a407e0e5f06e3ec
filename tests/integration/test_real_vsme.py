"""The published VSME templates: every fact of the 1.3.0 sample against the publisher's reader, and version drift."""

from __future__ import annotations

import json
import re
import warnings
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from ingestion.formats.vsme import is_vsme, period_of, read_vsme, template_version
from ingestion.formats.vsme_book import Book, open_book
from ingestion.formats.vsme_concepts import is_instant, kind_of, split_name
from ingestion.formats.vsme_facts import Fact, facts_of
from ingestion.formats.vsme_labels import member_of
from ingestion.records import Record, Rejected

pytestmark = pytest.mark.real_data
FACTS = 144
Key = tuple[str, tuple[tuple[str, str], ...]]
UNITS = {"MWh": "utr:MWh", "kg": "utr:kg", "t": "utr:t", "m3": "utr:m3", "m2": "utr:sqm", "t CO2e": "utr:tCO2e"}
UNITS |= dict.fromkeys(("share", "h", "employees", "persons", "count", ""), "xbrli:pure")
UNITS |= {"t CO2e/money": '"utr:tCO2e/iso4217:EUR"', "money": "None"}
TYPES = {"boolean": "boolean", "gYear": "year", "date": "date", "enumerationSet": "choices"}
TYPES |= dict.fromkeys(("string", "textBlock", "enumeration"), "text")


@pytest.fixture(scope="module")
def folder(real_data: Path) -> Path:
    return real_data / "C_suppliers" / "vsme"


@pytest.fixture(scope="module")
def book(folder: Path) -> Book:
    return open_book(folder / "VSME-Digital-Template-Sample-1.3.0.xlsx")


@pytest.fixture(scope="module")
def ours(book: Book) -> dict[Key, Fact]:
    found = list(facts_of(book))
    facts = [fact for fact in found if isinstance(fact, Fact)]
    assert len(facts) == len(found), "no cell of the sample is a problem"
    return {(fact.concept, tuple(sorted(fact.dimensions.items()))): fact for fact in facts}


@pytest.fixture(scope="module")
def theirs(folder: Path) -> dict[Key, dict[str, Any]]:
    facts = json.loads((folder / "vsme-1.3.0-facts.json").read_text(encoding="utf-8"))["facts"]
    return {key_of(fact): fact for fact in facts}


@pytest.fixture(scope="module")
def older(folder: Path) -> dict[tuple[str | None, str | None], Record]:
    found = list(read_vsme(folder / "VSME-Digital-Template-Sample-1.1.1.xlsx"))
    records = [record for record in found if isinstance(record, Record)]
    assert len(records) == len(found)
    return {(record.values["question_id"], record.values["item"]): record for record in records}


def key_of(fact: dict[str, Any]) -> Key:
    """Concept and dimensions without their namespaces."""
    dimensions = []
    for name, value in fact["aspects"].items():
        if name.startswith("typed "):
            dimensions.append((name.split(":")[1], re.sub(r'"|<[^>]*>', "", value)))
        elif name.endswith("Axis"):
            dimensions.append((name.split(":")[1], value.split(":")[1]))
    return fact["concept"].split(":")[1], tuple(sorted(dimensions))


def same_value(fact: Fact, sent: str, aspects: dict[str, str]) -> bool:
    """Numbers in full precision after their scale, booleans by meaning, long texts by beginning and length."""
    if fact.kind == "number":
        scale = int(aspects.get("numeric-scale", "0").strip('"'))
        # Their reader multiplies percentages as floating-point numbers; so does this comparison.
        exact = Decimal(sent).scaleb(scale) == Decimal(fact.value)
        return exact or (scale == -2 and float(fact.value) * 100 == float(sent))
    if fact.kind == "boolean":
        return aspects["transform"] == f"fixed-{fact.value}"
    cut = f"{fact.value[:80]}\u2026[{len(fact.value)} chars]"
    return sent == (fact.value if len(fact.value) <= 80 else cut)


def test_every_fact_is_found_and_none_is_made_up(ours: dict[Key, Fact], theirs: dict[Key, dict[str, Any]]) -> None:
    assert len(theirs) == FACTS
    assert sorted(ours) == sorted(theirs)


def test_every_value_unit_precision_and_period_type_agrees(
    ours: dict[Key, Fact], theirs: dict[Key, dict[str, Any]]
) -> None:
    differences, compared = [], 0
    for key, their in theirs.items():
        fact, aspects = ours[key], their["aspects"]
        unit = UNITS[fact.unit] if fact.kind == "number" else "None"
        checks = {
            "value": same_value(fact, their["value"], aspects),
            "unit": unit == str(aspects.get("units", aspects.get("complex-units"))),
            "decimals": str(fact.decimals) == str(aspects.get("decimals")).strip('"'),
            "period": is_instant(fact.concept) == (aspects["period-type"] == "instant"),
        }
        compared += 1
        differences += [(key, name) for name, agrees in checks.items() if not agrees]
    assert (differences, compared) == ([], FACTS)


def test_named_periods_are_the_base_and_the_target_year(
    book: Book, ours: dict[Key, Fact], theirs: dict[Key, dict[str, Any]]
) -> None:
    periods = {"BaselineYearMember": (date(2020, 1, 1), date(2020, 12, 31))}
    periods |= {"TargetYearMember": (date(2030, 1, 1), date(2030, 12, 31))}
    named = {key: their["aspects"]["period"] for key, their in theirs.items() if "period" in their["aspects"]}
    assert len(named) == 10
    assert {key: period_of(book, ours[key]) for key in named} == {key: periods[name] for key, name in named.items()}


def test_every_fact_becomes_a_record_of_the_reporting_company(folder: Path) -> None:
    found = list(read_vsme(folder / "VSME-Digital-Template-Sample-1.3.0.xlsx"))
    records = [record for record in found if isinstance(record, Record)]
    assert len(records) == len(found) == FACTS
    assert {record.values["entity_id"] for record in records} == {"TestCode1234"}
    key = ("entity_id", "site_id", "question_id", "item", "period_start", "period_end")
    assert len({tuple(record.values[name] for name in key) for record in records}) == FACTS
    money = {record.values["question_id"]: record.values["currency"] for record in records if record.values["currency"]}
    assert {"Turnover", "Assets"} <= set(money)
    assert set(money.values()) == {"EUR"}


def test_kinds_and_period_types_agree_with_the_public_taxonomy(folder: Path, book: Book) -> None:
    concepts = json.loads((folder / "vsme-2026-05-01.json").read_text(encoding="utf-8"))["concepts"]
    names = {parts[0] for parts in map(split_name, book.areas) if parts is not None}
    wrong = []
    for name in names:
        concept = concepts[f"vsme:{name}"]
        data_type = concept["dataType"].split(":")[1].removesuffix("ItemType")
        wanted = (TYPES.get(data_type, "number"), concept["periodType"] == "instant")
        if (kind_of(name)[0], is_instant(name)) != wanted:
            wrong.append(name)
    assert (wrong, len(names) > 120) == ([], True)


@pytest.mark.parametrize(
    ("axis", "listed", "count"),
    [("TypeOfPollutantAxis", "enum_ListPollutants", 94), ("TypeOfWasteAxis", "enum_ListTypeOfWastes", 973)],
)
def test_every_label_of_the_lists_gets_its_member_of_the_taxonomy(
    folder: Path, book: Book, axis: str, listed: str, count: int
) -> None:
    concepts = json.loads((folder / "vsme-2026-05-01.json").read_text(encoding="utf-8"))["concepts"]
    members = {name.split(":")[1] for name in concepts}
    area = book.areas[listed]
    labels = [book.workbook[area.sheet].cell(row=row, column=area.first_column).value for row in area.rows()]
    assert len(labels) == count
    assert [label for label in labels if member_of(axis, str(label), {}) not in members] == []


def test_the_older_sample_is_read_by_the_same_names(folder: Path, older: dict[Any, Record]) -> None:
    path = folder / "VSME-Digital-Template-Sample-1.1.1.xlsx"
    assert (is_vsme(path), template_version(path), len(older)) == (True, "1.1.1", 141)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        workbook = load_workbook(path, data_only=True)
    for question in ("Turnover", "NumberOfEmployees", "TotalEnergyConsumption", "GrossScope1GreenhouseGasEmissions"):
        sheet, _, cell = str(workbook.defined_names[question].value).replace("$", "").rpartition("!")
        value = workbook[sheet.strip("'")][cell].value
        record = older[question, None]
        assert (Decimal(str(record.values["value"])), record.values["period_end"]) == (
            Decimal(str(value)),
            "2024-12-31",
        )


def test_rows_that_moved_between_versions_are_found_where_they_are_now(older: dict[Any, Record]) -> None:
    subsidiary = older["NameOfTheSubsidiary", "IdentifierOfSubsidiaryTypedAxis=1"]
    assert subsidiary.source_ref == "General Information!D336"
    pollutants = {item for question, item in older if question == "AmountOfEmissionToWater"}
    assert pollutants == {"TypeOfPollutantAxis=CarbonDioxideCO2Member"}


def test_the_empty_template_gives_one_plain_reason(folder: Path) -> None:
    (found,) = read_vsme(folder / "VSME-Digital-Template-1.3.0.xlsx")
    assert isinstance(found, Rejected)
    assert (found.code, found.source_ref) == ("template_not_filled_in", "General Information!E4")


def test_a_sample_saved_by_a_program_that_does_not_calculate_asks_for_it(folder: Path, tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        workbook = load_workbook(folder / "VSME-Digital-Template-Sample-1.3.0.xlsx")
    path = tmp_path / "saved again.xlsx"
    workbook.save(path)
    (found,) = read_vsme(path)
    assert isinstance(found, Rejected)
    assert (is_vsme(path), found.code, found.source_ref) == (True, "no_cached_value", "General Information!D9")
