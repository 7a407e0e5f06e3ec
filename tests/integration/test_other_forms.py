"""Answers to somebody else's XLSForm are judged by that form; what does not fit is named with its place."""

import json
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner

from console.main import app
from ingestion.questionnaires.other_answers import Judged, judge_answers
from ingestion.questionnaires.other_forms import read_form
from ingestion.records import FileRefused

SURVEY = [
    ("note for translators", "type", "name", "label::English (en)", "constraint"),
    (None, "begin group", "farm", "Farm", None),
    (None, "integer", "cows", "Cows", ". >= 0 and . <= 500"),
    (None, "decimal", "acres", "Acres", "${cows} > 0"),
    (None, "select_one yesno or_other", "milk", "Milk?", None),
    (None, "select_multiple crops", "crops", "Crops", None),
    (None, "date", "seen", "Seen on", None),
    (None, "begin repeat", "plot", "Plot", None),
    (None, "select_one_from_file villages.csv", "village", "Village", None),
    (None, "end repeat", None, None, None),
    (None, "end group", None, None, None),
]
CHOICES = [("list_name", "name", "label"), ("yesno", "yes", "Yes"), ("yesno", "no", "No"),
           ("crops", "maize", "Maize"), ("crops", "rice", "Rice")]  # fmt: skip


def form(folder: Path, survey: list[tuple[str | None, ...]] = SURVEY) -> Path:
    book = openpyxl.Workbook()
    rows = {"survey": survey, "choices": CHOICES, "settings": [("form_id", "version"), ("farms", "7")]}
    for title, lines in rows.items():
        sheet = book.create_sheet(title)
        for line in lines:
            sheet.append(line)
    book.save(folder / "farms.xlsx")
    return folder / "farms.xlsx"


def judged(folder: Path, text: str) -> Judged:
    (folder / "answers.csv").write_text(text)
    return judge_answers(folder / "answers.csv", form(folder))[1]


def test_a_form_is_read_with_types_choices_and_plain_limits(tmp_path: Path) -> None:
    found = read_form(form(tmp_path))
    assert (found.form_id, found.version, found.unjudged, found.repeats) == ("farms", "7", ("acres",), {"plot"})
    assert found.fields["milk"].choices == {"yes", "no", "other"}
    assert found.fields["crops"].many
    assert found.fields["cows"].limits == ((">=", 0), ("<=", 500))
    assert found.fields["village"].choices is None


def test_sound_answers_fit_in_the_spelling_of_every_server(tmp_path: Path) -> None:
    odk = "farm-cows,farm-milk,farm-crops,farm-seen,KEY\n3,yes,maize rice,2026-01-02,uuid:1\n"
    kobo = "farm/cows;farm/crops/maize;farm/crops/rice;farm/plot_count;_uuid\n0;1;0;2;k\n"
    assert (judged(tmp_path, odk).cells, judged(tmp_path, odk).misfits) == (4, ())
    assert (judged(tmp_path, kobo).cells, judged(tmp_path, kobo).misfits) == (3, ())


@pytest.mark.parametrize(
    ("cells", "code"),
    [("farm-cows,KEY\n501,1\n", "out_of_range"), ("farm-cows,KEY\n2.5,1\n", "not_a_number"),
     ("farm-milk,KEY\nmaybe,1\n", "unknown_choice"), ("farm-crops,KEY\nmaize oats,1\n", "unknown_choice"),
     ("farm/crops/oats;_uuid\n1;k\n", "unknown_choice"), ("farm-seen,KEY\n02.01.2026,1\n", "not_a_date"),
     ("farm-goats,KEY\n3,1\n", "unknown_question"), ("farm-cows,KEY\n3,1,7\n", "ragged_row")],
)  # fmt: skip
def test_what_does_not_fit_is_named(tmp_path: Path, cells: str, code: str) -> None:
    assert [misfit.code for misfit in judged(tmp_path, cells).misfits] == [code]


def test_a_workbook_that_is_no_form_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="not_a_form"):
        read_form(form(tmp_path, [("a", "b"), ("c", "d")]))


def test_a_registered_form_judges_by_its_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIEFERNETZ_HOME", str(tmp_path))
    (tmp_path / "questionnaires").mkdir()
    form(tmp_path / "questionnaires")
    (tmp_path / "answers.csv").write_text("farm-cows,KEY\n900,1\n")
    result = CliRunner().invoke(
        app, ["questionnaire", "check", str(tmp_path / "answers.csv"), "--form", "farms", "--json"]
    )
    assert result.exit_code == 1
    misfit = {"place": "line 2, column farm-cows", "code": "out_of_range", "field": "cows", "found": "900"}
    assert json.loads(result.output)["misfits"] == [misfit]
