"""Answers of suppliers, directly or through their customer, yearly and corrected at any time.

Arrives as CSV or workbook with our own column names, or as the EFRAG VSME digital template. Odd: zero, unknown and not
applicable are three different answers and are never told apart by an empty cell; corrections carry the same key.
"""

from collections.abc import Iterator
from pathlib import Path

from ingestion.declarations import Format, declarations
from ingestion.reader import ChangeRule, Reader, RowRule
from ingestion.records import Record, Rejected


def _recognise(path: Path) -> str | None:
    from ingestion.formats import vsme
    from ingestion.formats.questionnaire import has_sheet

    form = declarations()["supplier_survey"].formats["questionnaire_xlsx"]
    if has_sheet(path, str(form.sheet)):
        return form.name
    return "vsme_xlsx" if vsme.is_vsme(path) else None


def read(path: Path, form: Format) -> Iterator[Record | Rejected]:
    """Yield the answers of a workbook."""
    from ingestion.formats import vsme
    from ingestion.formats.questionnaire import read_sheet

    if form.name == "vsme_xlsx":
        return vsme.read_vsme(path)
    return read_sheet(path, form, declarations()["supplier_survey"].tables[form.table])


def _count(path: Path, form: Format) -> int | None:
    from ingestion.formats.questionnaire import count_filled_rows

    # The template has no rows to count: one answer is one named cell.
    if form.name == "vsme_xlsx":
        return None
    return count_filled_rows(path, form, declarations()["supplier_survey"].tables[form.table])


READER = Reader(
    recognise_workbook=_recognise,
    read_workbook=read,
    count_workbook=_count,
    version_column="survey_version",
    rules=(
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
            "entity_id", ("entity_id", "site_id", "question_id", "item", "unit", "currency"), "period_end", ("value_num",)
        )
    },
)  # fmt: skip
