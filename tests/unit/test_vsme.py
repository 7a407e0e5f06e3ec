"""The VSME reader on tiny workbooks of our own: names, blocks, units, choices, and every refusal."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.workbook.defined_name import DefinedName

from ingestion.formats.vsme import is_vsme, read_vsme, template_version
from ingestion.formats.vsme_concepts import KINDS
from ingestion.formats.vsme_labels import UNIT_SYMBOLS, member_of, unit_of
from ingestion.formats.vsme_values import DoesNotFit, canonical, decimals_of
from ingestion.records import FileRefused, Record, Rejected

HEAD = {
    "template_reporting_template_version": ("A1", "1.3.0"),
    "template_reporting_entity_identifier": ("A2", "529900 TEST/1"),
    "template_reporting_period_startdate": ("A3", "2025-01-01"),
    "template_reporting_period_enddate": ("A4", "2025-12-31"),
    "template_currency": ("A5", "EUR"),
}


def template(path: Path, names: dict[str, str], cells: dict[str, Any], *, local: bool = False, **head: Any) -> Path:
    """Write a workbook with the named ranges and cells of a test, on a sheet whose name needs quotes."""
    workbook = Workbook()
    sheet = workbook.create_sheet("It's B3")
    targets = {name: place for name, (place, _) in HEAD.items()} | names
    values = {place: head.get(name.removeprefix("template_reporting_"), value) for name, (place, value) in HEAD.items()}
    for place, value in (values | cells).items():
        sheet[place] = value
    for name, target in targets.items():
        first, _, last = target.partition(":")
        place = ":".join(f"${cell[0]}${cell[1:]}" for cell in (first, last) if cell)
        defined = DefinedName(name, attr_text=f"'It''s B3'!{place}")
        (sheet.defined_names if local else workbook.defined_names)[name] = defined
    workbook.save(path)
    return path


def records(path: Path) -> dict[tuple[str, str | None], Record]:
    """The records of a workbook by question and item; fails on rejections."""
    found = {}
    for record in read_vsme(path):
        assert isinstance(record, Record), record
        found[str(record.values["question_id"]), record.values["item"]] = record
    return found


def rejection(path: Path) -> Rejected:
    """The one rejection of a workbook."""
    found = [record for record in read_vsme(path) if isinstance(record, Rejected)]
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize("local", [False, True], ids=["workbook names", "sheet names"])
def test_a_number_becomes_an_answer_with_unit_period_and_place(tmp_path: Path, local: bool) -> None:
    names = {"GrossScope1GreenhouseGasEmissions": "D9"}
    path = template(tmp_path / "a.xlsx", names, {"D9": 12.5}, local=local)
    record = records(path)["GrossScope1GreenhouseGasEmissions", None]
    assert record.source_ref == "It's B3!D9"
    wanted = {"entity_id": "529900-TEST-1", "value": "12.5", "unit": "t CO2e", "currency": None}
    wanted |= {"period_start": "2025-01-01", "period_end": "2025-12-31", "value_state": "value", "data_tier": "2"}
    wanted |= {"survey_version": "1.3.0", "method": "VSME digital template 1.3.0", "answered_at": None}
    assert wanted.items() <= record.values.items()


def test_zero_is_a_state_of_its_own_and_a_dash_is_nothing(tmp_path: Path) -> None:
    names = {"TotalEnergyConsumption": "D9", "TotalWaterConsumption": "D10"}
    found = records(template(tmp_path / "a.xlsx", names, {"D9": 0, "D10": "-"}))
    assert [record.values["value_state"] for record in found.values()] == ["zero"]


def test_headcounts_hold_on_the_last_day_and_say_whether_persons_or_full_time(tmp_path: Path) -> None:
    names = {"NumberOfEmployees": "D9", "TypeOfNumberOfEmployees": "D10"}
    persons = records(template(tmp_path / "a.xlsx", names, {"D9": 7, "D10": "Headcount"}))
    full_time = records(template(tmp_path / "b.xlsx", names, {"D9": 7, "D10": "Full-time equivalent (FTE)"}))
    assert persons["NumberOfEmployees", None].values["period_start"] == "2025-12-31"
    assert persons["NumberOfEmployees", None].values["unit"] == "persons"
    assert full_time["NumberOfEmployees", None].values["unit"] == "fte"


def test_money_carries_the_currency_of_the_report(tmp_path: Path) -> None:
    path = template(tmp_path / "a.xlsx", {"Turnover": "D9"}, {"D9": 0.1, "A5": "SEK"})
    values = records(path)["Turnover", None].values
    assert (values["value"], values["unit"], values["currency"]) == ("0.1", "SEK", "SEK")


def test_base_and_target_years_get_their_own_question_and_period(tmp_path: Path) -> None:
    names = {"BaselineYearMember": "G8", "GrossScope1GreenhouseGasEmissions_BaselineYearMember": "G9"}
    found = records(template(tmp_path / "a.xlsx", names, {"G8": 2020, "G9": 5}))
    question = "GrossScope1GreenhouseGasEmissions|BaselineYearMember"
    values = found[question, "ReportingScopesAxis=BaselineYearMember"].values
    assert (values["period_start"], values["period_end"]) == ("2020-01-01", "2020-12-31")


def test_a_base_year_that_is_not_stated_is_rejected(tmp_path: Path) -> None:
    names = {"GrossScope1GreenhouseGasEmissions_BaselineYearMember": "G9"}
    found = rejection(template(tmp_path / "a.xlsx", names, {"G9": 5}))
    assert (found.code, found.source_ref) == ("year_missing", "It's B3!G9")


def test_blocks_take_their_dimension_from_the_axis_with_the_same_rows(tmp_path: Path) -> None:
    names = {"TypeOfPollutantAxis": "C9:D11", "AmountOfEmissionToAir": "E9:E11", "AmountOfEmissionToAir_unit": "C8"}
    cells = {"C8": "metric tonnes (t)", "D9": "Ammonia (NH3)", "E9": 3, "D10": "Aldrin", "E10": "-"}
    found = records(template(tmp_path / "a.xlsx", names, cells))
    record = found["AmountOfEmissionToAir", "TypeOfPollutantAxis=AmmoniaNH3Member"]
    assert len(found) == 1
    assert (record.values["value"], record.values["unit"]) == ("3", "t")


def test_sites_keep_their_number_as_site_and_unticked_boxes_of_unused_rows_say_nothing(tmp_path: Path) -> None:
    axis = "IdentifierOfSitesInBiodiversitySensitiveAreasTypedAxis"
    names = {axis: "C9:C10", "SiteLocatedInABiodiversitySensitiveArea": "D9:D10"}
    found = records(template(tmp_path / "a.xlsx", names, {"C9": 1, "D9": True, "D10": False}))
    record = found["SiteLocatedInABiodiversitySensitiveArea", "IdentifierOfSiteTypedAxis=1"]
    assert len(found) == 1
    assert (record.values["site_id"], record.values["value"]) == ("1", "true")


def test_the_unit_decides_between_mass_and_volume_of_one_column(tmp_path: Path) -> None:
    names = {"IdentifierOfMaterialTypedAxis": "C9:C10"}
    for concept in ("WeightOfMaterialUsed", "VolumeOfMaterialUsed"):
        names |= {concept: "D9:D10", f"{concept}_unit": "E9:E10"}
    cells = {"C9": 1, "D9": 5, "E9": "kilograms (kg)", "C10": 2, "D10": 6, "E10": "cubic meters (m³)"}
    found = records(template(tmp_path / "a.xlsx", names, cells))
    assert sorted((question, record.values["unit"]) for (question, _), record in found.items()) == [
        ("VolumeOfMaterialUsed", "m3"),
        ("WeightOfMaterialUsed", "kg"),
    ]


def test_ticked_boxes_become_labels_from_beside_or_above(tmp_path: Path) -> None:
    side = "TypeOfHumanRightRelatedToTheConfirmedIncident"
    above = "SustainabilityIssueAddressedByPracticePolicyAndOrFutureInitiative"
    cells = {"C9": "· child labour", "D9": True, "C10": "forced labour", "D10": False}
    cells |= {"F8": "Pollution", "F9": False, "G8": "Own workforce", "G9": True}
    found = records(template(tmp_path / "a.xlsx", {side: "D9:E10", above: "F9:G9"}, cells))
    assert found[side, None].values["value"] == "Child labour"
    assert found[above, None].values["value"] == "Own workforce"


@pytest.mark.parametrize(
    ("concept", "value", "code"),
    [
        ("Turnover", "a lot", "value_does_not_fit"),
        ("Turnover", "1.234,5", "value_does_not_fit"),
        ("Turnover", True, "value_does_not_fit"),
        ("Turnover", "#REF!", "excel_error"),
        ("GreenhouseGasEmissionReductionTargetYear", 203, "value_does_not_fit"),
        ("UndertakingAppliesCircularEconomyPrinciples", "maybe", "value_does_not_fit"),
        ("DateOfAdoptionOfTransitionPlan", "2025-02-30", "value_does_not_fit"),
        ("TotalUseOfLand", 5, "unit_missing"),
    ],
)
def test_a_cell_that_cannot_be_read_is_rejected_by_sheet_and_cell(
    tmp_path: Path, concept: str, value: object, code: str
) -> None:
    found = rejection(template(tmp_path / "a.xlsx", {concept: "D9"}, {"D9": value}))
    assert (found.code, found.source_ref) == (code, "It's B3!D9")
    assert found.fix
    assert str(value)[:3] in found.raw


def test_a_value_in_a_row_without_name_is_rejected(tmp_path: Path) -> None:
    names = {"CountryOfEmploymentContractAxis": "C9:C10", "NumberOfEmployeesForCountryOfEmploymentContract": "D9:D10"}
    found = rejection(template(tmp_path / "a.xlsx", names, {"D10": 4}))
    assert (found.code, found.fix) == ("dimension_missing", "fill in It's B3!C10")


def test_a_formula_saved_without_its_result_has_a_reason(tmp_path: Path) -> None:
    found = rejection(template(tmp_path / "a.xlsx", {"TotalEnergyConsumption": "D9"}, {"D9": "=1+1"}))
    assert (found.code, found.source_ref) == ("no_cached_value", "It's B3!D9")


@pytest.mark.parametrize(
    ("place", "value", "code"),
    [
        ("A2", None, "template_not_filled_in"),
        ("A3", "-", "template_not_filled_in"),
        ("A3", "=A4", "no_cached_value"),
        ("A4", "2024-12-31", "period_reversed"),
    ],
)
def test_a_template_without_company_or_period_is_rejected_once(
    tmp_path: Path, place: str, value: str | None, code: str
) -> None:
    path = template(tmp_path / "a.xlsx", {"Turnover": "D9"}, {"D9": 5, place: value})
    found = list(read_vsme(path))
    assert [type(record) for record in found] == [Rejected]
    assert rejection(path).code == code


def test_a_name_that_points_nowhere_is_rejected(tmp_path: Path) -> None:
    path = template(tmp_path / "a.xlsx", {}, {})
    book = Workbook()
    book.defined_names["Turnover"] = DefinedName("Turnover", attr_text="Sheet!#REF!")
    for name, (place, value) in HEAD.items():
        book.worksheets[0][place] = value
        book.defined_names[name] = DefinedName(name, attr_text=f"Sheet!$A${place[1:]}")
    book.save(path)
    assert rejection(path).code == "broken_name"


def test_only_workbooks_with_the_names_of_the_template_are_recognised(tmp_path: Path) -> None:
    path = template(tmp_path / "a.xlsx", {}, {})
    plain = tmp_path / "plain.xlsx"
    Workbook().save(plain)
    text = tmp_path / "text.xlsx"
    text.write_text("entity_id,value\n")
    assert (is_vsme(path), is_vsme(plain), is_vsme(text)) == (True, False, False)
    assert (template_version(path), template_version(plain)) == ("1.3.0", None)


def test_early_versions_state_their_version_in_the_introduction_only(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    workbook = Workbook()
    introduction = workbook.create_sheet("Introduction")
    introduction["B2"], introduction["B3"] = "Version", "1.0.1"
    workbook.save(path)
    assert template_version(path) == "1.0.1"


def test_choosing_none_of_a_list_is_an_answer(tmp_path: Path) -> None:
    name = "ListOfOmittedDisclosuresDeemedToBeClassifiedOrSensitiveInformation"
    found = records(template(tmp_path / "a.xlsx", {name: "D9:D11"}, {"D9": "None"}))
    assert found[name, None].values["value"] == "None of the list"


def test_the_question_map_names_canonical_questions_once() -> None:
    seeds = Path(__file__).resolve().parents[2] / "dbt_project" / "seeds"
    with (seeds / "question_map.csv").open(encoding="utf-8", newline="") as sent:
        mapped = list(csv.DictReader(sent))
    with (seeds / "survey_questions.csv").open(encoding="utf-8", newline="") as canonical_questions:
        known = {row["question_id"] for row in csv.DictReader(canonical_questions)}
    assert {row["question_id"] for row in mapped} <= known
    assert len({row["sent_id"] for row in mapped}) == len(mapped)


def test_every_unit_is_a_unit_of_the_seed() -> None:
    seed = Path(__file__).resolve().parents[2] / "dbt_project" / "seeds" / "units.csv"
    with seed.open(encoding="utf-8", newline="") as lines:
        known = {row["unit"] for row in csv.DictReader(lines)}
    of_the_workbook = {"", "_unit", "money", "t CO2e/money", "employees"}
    ours = {unit for _, _, unit in KINDS} - of_the_workbook | set(UNIT_SYMBOLS.values()) | {"fte", "persons", "EUR"}
    assert ours <= known


def test_a_file_that_is_no_workbook_is_refused_with_advice(tmp_path: Path) -> None:
    path = tmp_path / "text.xlsx"
    path.write_text("entity_id,value\n")
    with pytest.raises(FileRefused, match="unreadable_workbook"):
        list(read_vsme(path))


def test_members_are_stable_names() -> None:
    waste = "    15 01 04 - Non-Hazardous - Metallic packaging, on-site"
    assert member_of("TypeOfWasteAxis", waste, {}) == "W-150104-Non-Hazardous-MetallicPackagingOn-SiteMember"
    assert member_of("CountryOfEmploymentContractAxis", "Italy", {"Italy": "IT"}) == "IT"
    assert member_of("TypeOfPollutantAxis", "Chloro-alkanes, C10-C13", {}) == "ChloroAlkanesC10C13Member"
    assert [unit_of(label) for label in ("Kilogramm (kg)", "hectares (ha)", "m²", "boxes")] == ["kg", "ha", "m2", None]


def test_numbers_keep_full_precision_and_the_decimals_shown() -> None:
    assert canonical("number", 0.014893617021276596) == "0.014893617021276596"
    assert canonical("number", 1e-7) == "0.0000001"
    assert canonical("number", 7951200.0) == "7951200"
    assert [decimals_of(text) for text in ("0.00", "0.00%", "0.0000000", "General", "#,##0")] == [2, 4, 7, None, 0]
    with pytest.raises(DoesNotFit):
        canonical("number", "nan")
