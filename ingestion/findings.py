"""The answer to a sender: a workbook with a sheet per language that says where, what was found, and how to mend it."""

from __future__ import annotations

import csv
from functools import cache
from pathlib import Path

import duckdb
import xlsxwriter

from warehouse.ledger import Delivery
from warehouse.settings import Settings

# A spreadsheet ends at 1,048,576 rows, and nobody mends more than this by hand.
_MOST = 100_000
_HEADERS = {
    "English": ("where", "row", "field", "found", "what is wrong", "what to do", "code"),
    "Deutsch": ("Stelle", "Zeile", "Feld", "gefunden", "was nicht stimmt", "was zu tun ist", "Kennung"),
}
Finding = tuple[str, int | None, str | None, str | None, str, str, str]


def write_findings(settings: Settings, delivery: Delivery, target: Path) -> int:
    """Write the findings of a delivery as XLSX; return how many. Cells are text: none can be run as a formula."""
    found = findings_of(settings, delivery)
    with xlsxwriter.Workbook(str(target), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        bold = book.add_format({"bold": True})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        for language, headers in _HEADERS.items():
            sheet = book.add_worksheet(language)
            sheet.freeze_panes(2, 0)
            sheet.set_column(0, 0, 24, wrapped)
            sheet.set_column(3, 5, 44, wrapped)
            head = f"{delivery.file_name} · {delivery.source} · {delivery.delivery_id} · {delivery.outcome}"
            sheet.write_string(0, 0, head, bold)
            sheet.write_row(1, 0, headers, bold)
            for number, finding in enumerate(found, start=2):
                sheet.write_row(number, 0, finding if language == "English" else _in_german(finding))
    return len(found)


def findings_of(settings: Settings, delivery: Delivery) -> list[Finding]:
    """Return what was wrong with a delivery: its reasons as a whole, then its quarantined rows."""
    path = settings.landing / delivery.source / delivery.delivery_id / "quarantine.parquet"
    rows: list[Finding] = []
    if path.exists():
        with duckdb.connect() as connection:
            sql = "select source_ref, row_number, field, found, message, fix, code from read_parquet(?)"
            rows = connection.execute(f"{sql} order by row_number, code limit {_MOST}", [str(path)]).fetchall()
    shown = {(code, field) for _, _, field, _, _, _, code in rows}
    whole: list[Finding] = [
        (f"{r.count} ×" if r.count > 1 else "", r.row, r.field, None, r.message, r.fix, r.code)
        for r in delivery.reasons
        if (r.code, r.field) not in shown
    ]
    return whole + rows


@cache
def german_texts() -> dict[str, tuple[str, str]]:
    """Return sentence and remedy by reason code."""
    with (Path(__file__).parent / "findings_texts.csv").open(encoding="utf-8", newline="") as file:
        return {row["code"]: (row["german"], row["german_fix"]) for row in csv.DictReader(file)}


def _in_german(finding: Finding) -> Finding:
    where, row, field, found, _, fix, code = finding
    if code not in german_texts():
        return finding
    sentence, remedy = german_texts()[code]
    # The English sentence may name the allowed values; they are the same in every language.
    allowed = fix.partition("use one of: ")[2]
    return where, row, field, found, sentence, f"{remedy} {allowed}".strip(), code
