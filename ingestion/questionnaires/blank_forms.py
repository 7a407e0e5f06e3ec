"""The questionnaire to fill in without a form server: one row per question and item, in the columns the intake takes.

A row whose `value_state` stays empty was not answered; the intake says so instead of reading a blank as zero.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import xlsxwriter

from ingestion.declarations import Table, declarations
from ingestion.questionnaires.questions import Questionnaire

EXPLAINED = ("question_id", "item", "question", "Frage", "units", "choices", "disclosure", "cap", "purpose")
_LAST_ROW = 2_000


def columns() -> tuple[str, ...]:
    """Return the columns of the form: those of the landed answers."""
    return tuple(column.name for column in _answers().columns)


def _answers() -> Table:
    return declarations()["supplier_survey"].tables["answers"]


def blank_rows(questionnaire: Questionnaire, version: str) -> Iterator[dict[str, str]]:
    """Yield one row per question and item with its default unit; raise `KeyError` for an unknown version."""
    for question in questionnaire.asked_in(version):
        for item in question.items or [""]:
            unit = question.units[0] if question.units else ""
            yield {"question_id": question.id, "item": item, "unit": unit, "survey_version": version}


def write_csv_form(questionnaire: Questionnaire, version: str, path: Path) -> Path:
    """Write the form as CSV in UTF-8."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, columns(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(blank_rows(questionnaire, version))
    return path


def write_workbook_form(questionnaire: Questionnaire, version: str, path: Path) -> Path:
    """Write the form as a workbook: sheet `answers` to fill in with lists to choose from, `questions` to read."""
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        sheet = book.add_worksheet("answers")
        sheet.freeze_panes(1, 0)
        sheet.write_row(0, 0, columns())
        for line, row in enumerate(blank_rows(questionnaire, version), start=1):
            for name, text in row.items():
                sheet.write_string(line, columns().index(name), text)
        for name, allowed in _lists(questionnaire).items():
            place = columns().index(name)
            sheet.data_validation(1, place, _LAST_ROW, place, {"validate": "list", "source": allowed})
        words = book.add_worksheet("questions")
        words.write_row(0, 0, EXPLAINED)
        for line, cells in enumerate(_explained(questionnaire, version), start=1):
            words.write_row(line, 0, cells)
        words.write_column(line + 2, 0, questionnaire.notice.values())
    return path


def _lists(questionnaire: Questionnaire) -> dict[str, list[str]]:
    lists = {name: list(_answers().column(name).codes or ()) for name in ("value_state", "channel", "assurance_level")}
    return lists | {"data_tier": list(questionnaire.choices["data_tier"])}


def _explained(questionnaire: Questionnaire, version: str) -> Iterator[tuple[str, ...]]:
    for question in questionnaire.asked_in(version):
        for item, words in (question.items or {"": {"en": "", "de": ""}}).items():
            labels = (
                [f"{question.en}: {words['en']}", f"{question.de}: {words['de']}"]
                if item
                else [question.en, question.de]
            )
            yield (question.id, item, *labels, ", ".join(question.units), ", ".join(question.choices),
                   question.disclosure or "", question.cap, question.purpose)  # fmt: skip
