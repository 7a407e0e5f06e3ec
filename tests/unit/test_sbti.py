"""The reader of the target register on tiny workbooks of our own: layouts, spellings, and every refusal."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from ingestion.declarations import declarations
from ingestion.formats.sbti import COLUMNS, layout_of, read_sbti, unmapped_columns
from ingestion.formats.sbti_layouts import LAYOUTS
from ingestion.formats.sbti_values import Unreadable, day, first_year, share, state, text
from ingestion.records import FileRefused, Record, Rejected

Row = dict[str, object]


def register(path: Path, *rows: Row, title: str = "Data", notes: int = 0) -> Path:
    """Write a register whose headers are the keys of the first row, below some rows of notes."""
    workbook = Workbook()
    workbook.worksheets[0].title = "Read me"
    sheet = workbook.create_sheet(title)
    for number in range(notes):
        sheet.append([f"note {number}"])
    sheet.append(list(rows[0]))
    for row in rows:
        sheet.append([row.get(header) for header in rows[0]])
    workbook.save(path)
    return path


def row_of(layout: str, **values: object) -> Row:
    """A row with every header of a layout, filled where a column is named."""
    return {header: values.get(column) for header, column in LAYOUTS[layout].items()}


def only(path: Path, layout: str | None = None) -> dict[str, str | None]:
    """The values of the single record of a file."""
    (found,) = read_sbti(path, layout)
    assert isinstance(found, Record), found
    return found.values


@pytest.mark.parametrize("layout", sorted(LAYOUTS))
def test_each_layout_is_known_by_its_headers_in_any_order(tmp_path: Path, layout: str) -> None:
    row = row_of(layout, company_name="Company A")
    mixed = {"Extra": "x"} | dict(reversed(row.items()))
    path = register(tmp_path / "a.xlsx", mixed, title="Targets 2031", notes=3)
    assert layout_of(path) == layout
    assert only(path, layout)["company_name"] == "Company A"
    assert unmapped_columns(path, layout) == ["Extra"]


def test_the_headers_may_differ_in_case_blanks_and_punctuation(tmp_path: Path) -> None:
    row: Row = {"COMPANY NAME ": "Company A", "Near-term target status": "Committed", "net zero committed": "Yes"}
    values = only(register(tmp_path / "a.xlsx", row))
    assert (values["target_status"], values["net_zero_status"]) == ("committed", "committed")


def test_records_fill_the_declared_columns_and_no_others() -> None:
    declared = [column.name for column in declarations()["certification_registry"].tables["climate_targets"].columns]
    assert sorted((*COLUMNS, "target_year")) == sorted(declared)


def test_place_and_number_of_a_record_are_those_of_the_sheet(tmp_path: Path) -> None:
    row = row_of("2025", company_name="Company A", sbti_id=40000001)
    blank = dict.fromkeys(row)
    path = register(tmp_path / "a.xlsx", row, blank, row, notes=1)
    found = [(record.row_number, record.source_ref) for record in read_sbti(path, "2025")]
    assert found == [(3, "Data!A3"), (5, "Data!A5")]


def test_several_years_are_kept_and_the_first_one_counts(tmp_path: Path) -> None:
    row = row_of("2022", company_name="Company A", target_years="2030, 2025", net_zero_year="FY2050")
    values = only(register(tmp_path / "a.xlsx", row))
    assert (values["target_year"], values["target_years"], values["net_zero_year"]) == ("2030", "2030, 2025", "2050")


@pytest.mark.parametrize(
    ("sent", "expected"),
    [(2030, "2030"), ("FY2030", "2030"), ("FY2030/31", "2030"), ("FY2023, FY2030", "2023"), ("Y2026", "2026")],
)
def test_years_are_found_in_every_spelling(sent: object, expected: str) -> None:
    assert first_year(text(sent)) == expected


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ("Dec 2019", "2019-12-01"),
        ("September 2019", "2019-09-01"),
        ("01/09/2022", "2022-09-01"),
        ("2023-06-15", "2023-06-15"),
        (datetime(2023, 6, 15, 1, 0), "2023-06-15"),
        ("n/a", None),
    ],
)
def test_dates_are_read_in_every_spelling_with_the_day_first(sent: object, expected: str | None) -> None:
    assert day(sent) == expected


@pytest.mark.parametrize("sent", ["31/02/2023", "13/2023", "soon", "2023-13-01"])
def test_a_day_that_does_not_exist_is_no_date(sent: str) -> None:
    with pytest.raises(Unreadable):
        day(sent)


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ("45.00%", "0.45"),
        ("14%", "0.14"),
        (0.517, "0.517"),
        (1, "1"),
        ("100%", "1"),
        ("54%%", "0.54"),
        ("2.82°C", None),
        ("1OO%", None),
        (45, None),
        (None, None),
    ],
)
def test_target_values_become_shares_only_where_they_are_shares(sent: object, expected: str | None) -> None:
    assert share(sent) == expected


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        ("Targets Set", "targets_set"),
        ("Targets set", "targets_set"),
        ("Target set", "targets_set"),
        ("Committed", "committed"),
        ("Active", "active"),
        ("Removed", "removed"),
        ("Extended", "extended"),
        ("Commitment removed", "commitment_removed"),
        ("No", None),
        (None, None),
        ("Under review", "under_review"),
    ],
)
def test_states_are_written_one_way_and_empty_stays_empty(sent: object, expected: str | None) -> None:
    assert state(sent) == expected


def test_the_ways_to_say_nothing_become_nothing_and_odd_blanks_go(tmp_path: Path) -> None:
    row = row_of("2025", company_name="Company\u00a0 A ", isin="null", lei="Not applicable", sector="#N/A")
    values = only(register(tmp_path / "a.xlsx", row))
    assert values["company_name"] == "Company A"
    assert (values["isin"], values["lei"], values["sector"]) == (None, None, None)


@pytest.mark.parametrize(
    ("column", "sent", "code"),
    [
        ("date_published", "soon", "not_a_date"),
        ("target_years", "later", "not_a_year"),
        ("net_zero_year", "20500", "not_a_year"),
        ("location", "#REF!", "excel_error"),
    ],
)
def test_a_row_with_a_cell_that_cannot_be_read_is_rejected_by_cell(
    tmp_path: Path, column: str, sent: str, code: str
) -> None:
    good = row_of("2022", company_name="Company A")
    bad = row_of("2022", company_name="Company B", **{column: sent})
    first, second = read_sbti(register(tmp_path / "a.xlsx", good, bad), "2022")
    assert isinstance(first, Record)
    assert isinstance(second, Rejected)
    assert second.code == code
    assert second.source_ref.startswith("Data!")
    assert second.source_ref.endswith("3")
    assert "Company B" in second.raw


def test_other_workbooks_have_no_layout_and_are_refused(tmp_path: Path) -> None:
    other = register(tmp_path / "other.xlsx", {"Name": "A"})
    broken = tmp_path / "broken.xlsx"
    broken.write_text("no workbook")
    assert (layout_of(other), layout_of(broken)) == (None, None)
    with pytest.raises(FileRefused, match="layout_unknown"):
        list(read_sbti(other, "2025"))
    with pytest.raises(FileRefused, match="unreadable_workbook"):
        list(read_sbti(broken, "2025"))


def test_a_register_of_another_layout_than_declared_is_refused(tmp_path: Path) -> None:
    path = register(tmp_path / "a.xlsx", row_of("2020", company_name="Company A"))
    with pytest.raises(FileRefused, match="layout_unknown"):
        list(read_sbti(path, "2025"))
