"""Survey files: requests, questionnaires as CSV and as workbook, single answers and a correction."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from console.sample_network.companies import Company
from console.sample_network.writing import Cell, Row, write_csv, write_workbook

REQUEST_COLUMNS = ("request_id", "asker_id", "entity_id", "period_start", "period_end", "sent_at", "n_questions")
ANSWER_COLUMNS = (
    "entity_id",
    "site_id",
    "question_id",
    "item",
    "value",
    "unit",
    "currency",
    "value_state",
    "na_reason",
    "data_tier",
    "method",
    "verified_by",
    "verified_at",
    "u_rel",
    "period_start",
    "period_end",
    "minutes_spent",
    "reused_from",
    "answered_at",
    "survey_version",
)
NUMBERS = ("value", "data_tier", "minutes_spent")
QUESTIONS_ASKED = 20


def write_requests(path: Path, companies: Iterable[Company], year: int) -> Path:
    """Write one request per company for one year."""
    rows = [
        {
            "request_id": f"Q{year}-{company.number:04}",
            "asker_id": "C0001" if company.tier == 1 else "",
            "entity_id": company.company_id,
            "period_start": date(year, 1, 1),
            "period_end": date(year, 12, 31),
            "sent_at": date(year + 1, 1, 15),
            "n_questions": QUESTIONS_ASKED,
        }
        for company in companies
    ]
    return write_csv(path, REQUEST_COLUMNS, rows)


def write_answers(path: Path, rows: Iterable[Row]) -> Path:
    """Write answers as the CSV questionnaire."""
    return write_csv(path, ANSWER_COLUMNS, rows)


def write_answer_workbook(path: Path, rows: Iterable[Row]) -> Path:
    """Write answers as the workbook questionnaire, with numbers and dates as spreadsheet cells."""
    return write_workbook(path, "answers", ANSWER_COLUMNS, [_as_cells(row) for row in rows])


def _as_cells(row: Row) -> Row:
    return {column: _as_number(cell) if column in NUMBERS else cell for column, cell in row.items()}


def _as_number(cell: Cell) -> Cell:
    try:
        return float(str(cell))
    except ValueError:
        return cell
