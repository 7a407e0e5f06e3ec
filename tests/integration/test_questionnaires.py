"""The declared questionnaire: its forms come back through the intake, campaigns beyond the cap are refused by name."""

import csv
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from typer.testing import CliRunner

from console.main import app
from ingestion.declarations import DeclarationError, declarations
from ingestion.deliver import deliver
from ingestion.intake import drain
from ingestion.questionnaires.blank_forms import write_csv_form, write_workbook_form
from ingestion.questionnaires.campaign import CampaignRefused, CampaignUnusable, check_campaign, read_campaign
from ingestion.questionnaires.crosswalk import crosswalk
from ingestion.questionnaires.declared import load_questionnaire, questionnaires
from ingestion.questionnaires.xlsform import write_xlsform
from tests.conftest import AT, home
from warehouse.ledger import Delivery
from warehouse.settings import PROJECT

BASE = questionnaires()["supplier_base"]
DECLARATION = PROJECT / "ingestion/questionnaires/supplier_base.yml"
FILLED = {"entity_id": "C7", "value": "5", "value_state": "value", "data_tier": 2, "period_start": "2025-01-01",
          "period_end": "2025-12-31", "answered_at": "2026-09-01", "channel": "workbook"}  # fmt: skip


def send(folder: Path, file: Path, source: str = "supplier_survey") -> Delivery:
    settings = home(folder / "home")
    deliver(settings, [file], source, "office")
    return drain(settings, source, AT)[-1]


def sheet(path: Path, title: str) -> list[dict[str, Any]]:
    header, *rows = openpyxl.load_workbook(path)[title].iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def test_a_filled_workbook_comes_back_accepted_and_blanks_are_no_zeros(tmp_path: Path) -> None:
    path = write_workbook_form(BASE, "2", tmp_path / "form.xlsx")
    book = openpyxl.load_workbook(path)
    answers = book["answers"]
    header = [cell.value for cell in answers[1]]
    for row in answers.iter_rows(min_row=2, max_row=4):
        for name, value in FILLED.items():
            row[header.index(name)].value = value
    book.save(path)
    delivery = send(tmp_path, path)
    blank = sum(len(question.items) or 1 for question in BASE.asked_in("2")) - 3
    assert (delivery.format, delivery.declared_version) == ("questionnaire_xlsx", "2")
    assert (delivery.rows_accepted, delivery.rows_quarantined) == (3, blank)
    assert ("missing_value", "value_state") in {(r.code, r.field) for r in delivery.reasons}


def test_a_filled_csv_form_comes_back_accepted(tmp_path: Path) -> None:
    with write_csv_form(BASE, "2", tmp_path / "blank.csv").open(newline="") as stream:
        rows = [row | FILLED for row in csv.DictReader(stream) if row["question_id"] not in ("gwp_version", "country")]
    with (tmp_path / "filled.csv").open("w", newline="") as stream:
        writer = csv.DictWriter(stream, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    delivery = send(tmp_path, tmp_path / "filled.csv")
    assert (delivery.outcome, delivery.rows_accepted) == ("accepted", len(rows))


def test_every_field_of_the_form_comes_back_under_its_name(tmp_path: Path) -> None:
    survey = sheet(write_xlsform(BASE, "2", tmp_path / "form.xlsx"), "survey")
    inside = survey[[row["type"] for row in survey].index("begin_repeat") + 1 :]
    group, cells = "", {"PARENT_KEY": "uuid:1", "KEY": "uuid:1/period[1]"}
    known = {"of_survey_version": "2", "of_answered_at": "2026-09-01", "of_entity_id": "C7", "of_channel": "form"}
    lists = {row["list_name"]: row["name"] for row in reversed(sheet(tmp_path / "form.xlsx", "choices"))}
    texts = {"text": "", "integer": "5", "decimal": "5", "date": "2025-12-31"}
    for row in inside:
        group = row["name"] if row["type"] == "begin_group" else group
        if row["type"] and not row["type"].startswith(("begin", "end", "note")) and "__state" not in row["name"]:
            kind, _, choices = row["type"].partition(" ")
            cells[f"{group}-{row['name']}" if group else row["name"]] = (
                lists[choices] if choices else texts.get(kind, "")
            )
    with (tmp_path / "export.csv").open("w", newline="") as stream:
        csv.writer(stream).writerows([list(cells | known), list((cells | known).values())])
    delivery = send(tmp_path, tmp_path / "export.csv")
    numbers = [q for q in BASE.asked_in("2") if q.kind != "text" and not q.choose_items]
    assert delivery.rows_accepted >= sum(len(q.items) or 1 for q in numbers)
    assert {r.code for r in delivery.reasons} <= {"missing_value"}


def test_the_form_is_a_valid_xlsform(tmp_path: Path) -> None:
    path = write_xlsform(BASE, "2", tmp_path / "form.xlsx")
    survey, choices = sheet(path, "survey"), sheet(path, "choices")
    names = [row["name"] for row in survey if row["name"]]
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z_][a-z0-9_]*", name) for name in names)
    asked = {row["type"].split()[1] for row in survey if row["type"].startswith("select_")}
    assert asked == {row["list_name"] for row in choices}
    referred = {name for row in survey for text in row.values() for name in re.findall(r"\$\{(\w+)\}", text or "")}
    assert referred <= set(names)
    begun = [row["type"] for row in survey if row["type"].startswith(("begin", "end"))]
    assert begun.count("begin_group") == begun.count("end_group")
    settings = sheet(path, "settings")[0]
    assert (settings["form_id"], settings["version"]) == ("supplier_base", "2")


def campaign(folder: Path, **changes: Any) -> Path:
    body: dict[str, Any] = {
        "campaign": "spring", "questionnaire": "supplier_base", "version": "2", "asker": "C1", "sent_at": "2026-09-01",
        "period_start": "2025-01-01", "period_end": "2025-12-31", "purpose": "csrd",
        "questions": ["scope1_t", "electricity_mwh"], "addressees": [{"entity_id": "C9", "employees": 9, "nace": "13"}],
    }  # fmt: skip
    path = folder / "campaign.yml"
    text = yaml.safe_dump(body | changes).replace("'20", "20")
    path.write_text(re.sub(r"(\d{4}-\d\d-\d\d)'", r"\1", text))
    return path


def test_one_question_too_many_for_a_firm_of_nine_is_refused_with_its_data_point(tmp_path: Path) -> None:
    path = campaign(tmp_path, questions=["scope1_t", "scope2_market_t", "heat_mwh"])
    with pytest.raises(CampaignRefused, match=r"C9 \(micro\): scope2_market_t \(B3\), heat_mwh \(no data point"):
        check_campaign(read_campaign(path))
    result = CliRunner().invoke(app, ["questionnaire", "campaign", str(path), "--requests", str(tmp_path / "r.csv")])
    assert result.exit_code != 0
    assert not (tmp_path / "r.csv").exists()


@pytest.mark.parametrize(
    ("employees", "question", "leaves"),
    [(10, "scope2_market_t", False), (11, "scope2_market_t", True), (1000, "heat_mwh", False), (1001, "heat_mwh", True),
     (None, "scope2_market_t", False)],
)  # fmt: skip
def test_the_cap_follows_the_size_and_an_unknown_size_is_protected_best(
    tmp_path: Path, employees: int | None, question: str, leaves: bool
) -> None:
    planned = read_campaign(
        campaign(tmp_path, questions=[question], addressees=[{"entity_id": "C9", "employees": employees}])
    )
    if leaves:
        assert check_campaign(planned)[0].beyond == ()
    else:
        with pytest.raises(CampaignRefused, match=question):
            check_campaign(planned)


def test_beyond_the_cap_for_another_purpose_it_leaves_with_the_notice(tmp_path: Path) -> None:
    path = campaign(tmp_path, questions=["scope1_t", "heat_mwh"], purposes={"heat_mwh": "contract"})
    out = tmp_path / "requests.csv"
    result = CliRunner().invoke(app, ["questionnaire", "campaign", str(path), "--requests", str(out)])
    assert result.exit_code == 0, result.output
    assert "heat_mwh" in result.output
    assert "You may refuse" in result.output
    assert send(tmp_path, out, "survey_requests").outcome == "accepted"


def test_whom_a_question_concerns_is_a_rule_of_size_and_industry(tmp_path: Path) -> None:
    firms = [{"entity_id": "C1", "employees": 49, "nace": "13"}, {"entity_id": "C2", "employees": 50, "nace": "47"}]
    path = campaign(tmp_path, questions=["scope3_t", "output_qty"], purpose="voluntary", addressees=firms)
    assert [r.asked for r in check_campaign(read_campaign(path))] == [("output_qty",), ("scope3_t",)]


@pytest.mark.parametrize(
    "changes", [{"purpose": "curiosity"}, {"questions": ["shoe_size"]}, {"version": "9"}, {"adressees": []}]
)
def test_a_campaign_with_a_typo_does_not_leave(tmp_path: Path, changes: dict[str, Any]) -> None:
    with pytest.raises(CampaignUnusable):
        read_campaign(campaign(tmp_path, **changes))


def test_a_campaign_outside_the_validity_of_its_version_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CampaignRefused, match="not valid on 2027"):
        check_campaign(read_campaign(campaign(tmp_path, version="1", sent_at="2027-03-01")))


def test_the_crosswalk_says_what_becomes_of_every_question() -> None:
    steps = {step.question_id: (step.action, step.to_question_id) for step in crosswalk(BASE, "1", "2")}
    assert steps["energy_kwh"] == ("carry_over", "energy_total_mwh")
    assert steps["accidents"] == ("re_ask", "recordable_injuries")
    assert steps["sustainability_officer"] == ("drop", None)
    assert steps["scope1_t"] == ("carry_over", "scope1_t")
    assert steps["withdrawal_m3"][0] == "new"
    assert {s.action for s in crosswalk(BASE, "2", "1") if s.question_id == "withdrawal_m3"} == {"unclassified"}


def test_every_version_and_context_column_is_one_that_the_intake_takes() -> None:
    source = declarations()["supplier_survey"]
    assert set(BASE.version_names) <= set(source.versions)
    columns = {column.name for column in source.tables["answers"].columns}
    told = [name for part in (BASE.submission, BASE.period) for name, b in part.items() if not b.get("relevance_only")]
    assert set(told) <= columns
    assert set(BASE.choices["assurance_level"]) == set(source.tables["answers"].column("assurance_level").codes)


@pytest.mark.parametrize(
    ("old", "new"), [("cap: micro, purpose: csrd", "cap: tiny, purpose: csrd"), ("units: [persons]", "units: [heads]"),
                     ("disclosure: B1, cap: micro", "cap: micro"), ("required: true, disc", "requird: true, disc")],
)  # fmt: skip
def test_a_declaration_that_contradicts_itself_cannot_be_used(tmp_path: Path, old: str, new: str) -> None:
    text = DECLARATION.read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "supplier_base.yml").write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(DeclarationError, match=r"supplier_base\.yml"):
        load_questionnaire(tmp_path / "supplier_base.yml")
