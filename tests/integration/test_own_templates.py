"""What only the network itself knows: examples of every table are accepted as CSV and workbook, broken rows say why."""

import csv
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

from ingestion.declarations import declarations
from ingestion.deliver import deliver
from ingestion.intake import drain
from tests.conftest import AT, home
from warehouse.ledger import Delivery
from warehouse.settings import Settings

OWN = ("due_diligence_cases", "cooperation", "logistics", "incidents", "incentives", "stocks")
TABLES = [(source, table) for source in OWN for table in declarations()[source].tables]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return home(tmp_path / "home")


def rows_of(source: str, table: str) -> tuple[list[str], list[dict[str, Any]]]:
    declared = declarations()[source].tables[table]
    return [column.name for column in declared.columns], [dict(row) for row in declared.examples]


def write_csv(path: Path, names: list[str], rows: list[dict[str, Any]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(names)
        writer.writerows([["" if row.get(name) is None else str(row[name]) for name in names] for row in rows])
    return path


def write_sheets(path: Path, sheets: dict[str, tuple[list[str], list[dict[str, Any]]]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for title, (names, rows) in sheets.items():
        sheet = book.create_sheet(title)
        for row in [names, *[[row.get(name) for name in names] for row in rows]]:
            sheet.append(row)
    book.save(path)
    return path


def send(settings: Settings, path: Path, source: str) -> Delivery:
    deliver(settings, [path], source, "office")
    return drain(settings, source, AT)[-1]


def landed(settings: Settings, delivery: Delivery, sql: str) -> list[tuple[Any, ...]]:
    return duckdb.sql(sql.format(f"read_parquet('{settings.home / delivery.tables[0].path}')")).fetchall()


@pytest.mark.parametrize(("source", "table"), TABLES)
def test_csv_and_workbook_of_a_table_land_the_same_values(settings: Settings, source: str, table: str) -> None:
    names, rows = rows_of(source, table)
    sent = [
        send(settings, write_csv(settings.home.parent / "synthetic.csv", names, rows), source),
        send(settings, write_sheets(settings.home.parent / "synthetic.xlsx", {table: (names, rows)}), source),
    ]
    assert [(d.outcome, d.rows_accepted, d.tables[0].table) for d in sent] == [("accepted", len(rows), table)] * 2
    listed = ", ".join(names)
    found = [landed(settings, d, f"select {listed} from {{}} order by row_number") for d in sent]
    assert found[0] == found[1]


def test_a_renamed_sheet_is_read_by_its_columns(settings: Settings) -> None:
    names, rows = rows_of("logistics", "legs")
    file = write_sheets(settings.home.parent / "synthetic.xlsx", {"Transporte": (["Note", *names], rows)})
    delivery = send(settings, file, "logistics")
    assert (delivery.outcome, delivery.rows_accepted) == ("accepted_with_warnings", 2)
    assert [reason.code for reason in delivery.reasons] == ["unknown_column"]
    assert landed(settings, delivery, "select source_ref from {} limit 1") == [("sheet Transporte, row 2",)]


def test_a_workbook_with_two_tables_is_refused(settings: Settings) -> None:
    sheets = {table: rows_of("incidents", table) for table in ("incidents", "responses")}
    delivery = send(settings, write_sheets(settings.home.parent / "synthetic.xlsx", sheets), "incidents")
    assert (delivery.outcome, [reason.code for reason in delivery.reasons]) == ("rejected", ["several_tables"])


REFUSALS = [
    ("due_diligence_cases", "findings", {"status_at": "2024-01-01"}, "period_reversed"),
    ("due_diligence_cases", "findings", {"status": "remediated_verified", "verified_at": None}, "missing_value"),
    ("due_diligence_cases", "findings", {"sev_scale": 5}, "out_of_range"),
    ("due_diligence_cases", "findings", {"likelihood": 2}, "state_contradicts_value"),
    ("due_diligence_cases", "findings", {"own_activity_contributed": False}, "state_contradicts_value"),
    ("due_diligence_cases", "assessments", {"assessment_type": "walk"}, "unknown_code"),
    ("due_diligence_cases", "actions", {"currency": None}, "missing_value"),
    ("due_diligence_cases", "exits", {"exit_effective_at": "2020-01-01"}, "period_reversed"),
    ("cooperation", "members", {"left_at": "2020-01-01"}, "period_reversed"),
    ("cooperation", "activities", {"member_id": None}, "missing_value"),
    ("cooperation", "knowledge_ties", {"member_b": "C0001"}, "state_contradicts_value"),
    ("cooperation", "targets", {"target_year": 2023}, "period_reversed"),
    ("cooperation", "targets", {"kpi_id": "E99"}, "unknown_code"),
    ("logistics", "legs", {"origin_lat": 10}, "half_a_place"),
    ("logistics", "legs", {"region_scheme": None}, "missing_value"),
    ("incidents", "incidents", {"supplier_id": None, "category_id": None}, "missing_value"),
    ("incidents", "incidents", {"capacity_lost_share": 60}, "out_of_range"),
    ("incidents", "responses", {"response_ended_at": "2020-01-01"}, "period_reversed"),
    ("incentives", "participations", {"condition": None}, "missing_value"),
    ("incentives", "participations", {"ended_at": "2020-01-01"}, "period_reversed"),
    ("stocks", "items", {"currency": None}, "missing_value"),
    ("stocks", "items", {"on_hand_units": "-1"}, "out_of_range"),
]  # fmt: skip


@pytest.mark.parametrize(("source", "table", "wrong", "code"), REFUSALS)
def test_a_broken_row_is_quarantined_with_its_reason(
    settings: Settings, source: str, table: str, wrong: dict[str, Any], code: str
) -> None:
    names, rows = rows_of(source, table)
    file = write_csv(settings.home.parent / "synthetic.csv", names, [{**rows[0], **wrong}, rows[1]])
    delivery = send(settings, file, source)
    assert (delivery.outcome, delivery.rows_in, delivery.rows_accepted) == ("partly_quarantined", 2, 1)
    assert [reason.code for reason in delivery.reasons] == [code]


def test_an_exception_without_its_document_is_kept_and_warned_about(settings: Settings) -> None:
    names, rows = rows_of("due_diligence_cases", "exits")
    file = write_csv(settings.home.parent / "synthetic.csv", names, [rows[0], {**rows[1], "exception_evidence": None}])
    delivery = send(settings, file, "due_diligence_cases")
    assert (delivery.outcome, delivery.rows_accepted) == ("accepted_with_warnings", 2)
    assert [reason.code for reason in delivery.reasons] == ["exception_not_documented"]
