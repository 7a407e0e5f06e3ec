"""Answers of suppliers, directly or through their customer, yearly and corrected at any time.

Arrives as CSV or workbook with our own column names, as the EFRAG VSME digital template or its xBRL-JSON, or as the
export of a form server (ODK Central, KoboToolbox), where one line holds all answers about a site and period. Odd: zero,
unknown and not applicable are three different answers and are never told apart by an empty cell; corrections carry the
same key.
"""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from ingestion.declarations import Format, declarations
from ingestion.questionnaires.answer_rules import version_rules
from ingestion.reader import ChangeRule, Reader, RowRule
from ingestion.records import Record, Rejected

_VERSIONS = declarations()["supplier_survey"].versions


def _recognise(path: Path) -> str | None:
    from ingestion.formats import vsme
    from ingestion.formats.questionnaire import has_sheet
    from ingestion.formats.survey_sheets import is_kobo_workbook

    form = declarations()["supplier_survey"].formats["questionnaire_xlsx"]
    if has_sheet(path, str(form.sheet)):
        return form.name
    if vsme.is_vsme(path):
        return "vsme_xlsx"
    return "kobo_xlsx" if is_kobo_workbook(path) else None


def read(path: Path, form: Format) -> Iterator[Record | Rejected]:
    """Yield the answers of a workbook."""
    from ingestion.formats import vsme
    from ingestion.formats.questionnaire import read_sheet

    if form.name == "vsme_xlsx":
        return vsme.read_vsme(path)
    if form.name == "kobo_xlsx":
        return _read_kobo(path)
    return read_sheet(path, form, declarations()["supplier_survey"].tables[form.table])


def _count(path: Path, form: Format) -> int | None:
    from ingestion.formats.questionnaire import count_filled_rows

    # Neither has rows to count: one answer is one cell.
    if form.name in ("vsme_xlsx", "kobo_xlsx"):
        return None
    return count_filled_rows(path, form, declarations()["supplier_survey"].tables[form.table])


def _read_kobo(path: Path) -> Iterator[Record | Rejected]:
    from ingestion.formats.survey_answers import answers
    from ingestion.formats.survey_known import best_questionnaire, known_fields
    from ingestion.formats.survey_sheets import column_names, read_kobo_workbook

    questionnaire = best_questionnaire(column_names(path))
    return answers(read_kobo_workbook(path, known_fields(questionnaire.name)), questionnaire)


def unfold(lines: Iterator[dict[str, str | None]], _form: Format) -> Iterator[Record | Rejected]:
    """Yield the answers in the lines of a form server's CSV export."""
    from ingestion.formats.survey_answers import answers
    from ingestion.formats.survey_cells import line_instances
    from ingestion.formats.survey_known import best_questionnaire, known_fields

    first = next(lines, None)
    if first is None:
        return iter(())
    questionnaire = best_questionnaire(first)
    return answers(line_instances(chain([first], lines), known_fields(questionnaire.name)), questionnaire)


def _recognise_document(path: Path, _media: str) -> str | None:
    from ingestion.formats.json_text import read_json
    from ingestion.formats.survey_json import recognise
    from ingestion.formats.vsme_json import is_report

    document = read_json(path)
    return "vsme_json" if is_report(document) else recognise(document)


def read_document(path: Path, form: Format) -> Iterator[Record | Rejected]:
    """Yield the answers of a JSON document: submissions, or the facts of a report."""
    from ingestion.formats.json_text import read_json
    from ingestion.formats.survey_answers import answers
    from ingestion.formats.survey_json import read_submissions
    from ingestion.formats.survey_known import any_known, best_questionnaire, known_fields
    from ingestion.formats.vsme_json import read_facts

    if form.name == "vsme_json":
        return read_facts(read_json(path))
    names = {name for instance in read_submissions(path, any_known()) for name in instance.cells}
    questionnaire = best_questionnaire(names)
    return answers(read_submissions(path, known_fields(questionnaire.name)), questionnaire)


READER = Reader(
    recognise_workbook=_recognise,
    read_workbook=read,
    count_workbook=_count,
    recognise_document=_recognise_document,
    read_document=read_document,
    unfold=unfold,
    version_column="survey_version",
    rules=(
        *version_rules("answers", _VERSIONS),
        RowRule(
            "answers", "missing_value", "value", "value_state = 'value' and value is null",
            "value_state says there is a value, the cell is empty", "fill value, or say unknown or not_applicable",
        ),
        RowRule(
            "answers", "state_contradicts_value", "value",
            "value_state = 'zero' and value is not null and coalesce(value_num, 1) <> 0",
            "value_state says zero, the value is another", "write 0, or value_state = value",
        ),
        RowRule(
            "answers", "state_contradicts_value", "value",
            "value_state in ('unknown', 'not_applicable') and value is not null",
            "value_state says there is no value, but one is given", "leave value empty, or write value_state = value",
        ),
        RowRule(
            "answers", "not_a_number", "value",
            "value_state = 'value' and unit is not null and value is not null and value_num is null",
            "a value with a unit must be a number", "write it as 1234.56, no thousands marks, no unit",
        ),
        RowRule(
            "answers", "period_reversed", "period_end", "period_end < period_start",
            "the period ends before it starts", "correct period_start or period_end",
        ),
    ),
    changes={
        "answers": ChangeRule(
            "entity_id",
            ("entity_id", "site_id", "question_id", "item", "unit", "currency"),
            "period_end",
            ("value_num",),
        )
    },
)  # fmt: skip
