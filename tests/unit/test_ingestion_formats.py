"""Bytes that are no sound table are refused by name; workbooks give up their rows, not their programs."""

import gzip
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from pyarrow import parquet

from ingestion.formats.bounds import Bounds
from ingestion.formats.questionnaire import canonical_text
from ingestion.formats.workbook_file import check_workbook
from ingestion.parsing import parse
from ingestion.records import FileRefused

HEADER = "request_id,entity_id,period_start,period_end,sent_at"
ROW = "r{0},C{0},2025-01-01,2025-12-31,2026-01-02"
ROWS = "\n".join([HEADER, *(ROW.format(n) for n in range(1, 4))]) + "\n"
# The time inside would give the tests other names in each process.
PACKED = gzip.compress(ROWS.encode(), mtime=0)


def read(folder: Path, content: bytes | str, source: str = "survey_requests", name: str = "f") -> dict[str, object]:
    file = folder / "sent"
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return parse({"path": str(file), "source": source, "file_name": name}, folder)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (ROWS.replace("sent_at", "posted_at"), "missing_column"),
        (ROWS.replace("sent_at", "entity_id"), "duplicate_column"),
        (ROWS + 'r9,"C9,2025-01-01,2025-12-31,2026-01-02\nr10,C1,,,\n', "broken_quoting"),
        (ROWS.replace(",", ";"), "unknown_format"),
        (PACKED[:-9], "damaged_gzip"),
        (PACKED[:-8] + b"\0" * 8, "damaged_gzip"),
        (PACKED * 2, "damaged_gzip"),
        (gzip.compress(b"0" * (64 << 20), mtime=0), "too_large"),
        (gzip.compress(PACKED, mtime=0), "nested_archive"),
        ("<!doctype html><html>Error 503</html>", "not_a_table"),
        ('{"error": "expired"}', "not_a_table"),
        (b"%PDF-1.7 ...", "not_a_table"),
        (ROWS.encode("utf-16"), "not_a_table"),
        (ROWS.encode("utf-16-le"), "nul_bytes"),
        (ROWS.replace("C2", "C\0"), "nul_bytes"),
        ("", "empty_file"),
        (ROWS + "x" * (17 << 20), "line_too_long"),
        (",".join(f"c{n}" for n in range(3000)) + "\n1\n", "unknown_format"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_trusted_is_refused(tmp_path: Path, content: bytes | str, code: str) -> None:
    with pytest.raises(FileRefused) as refusal:
        read(tmp_path, content)
    assert refusal.value.code == code
    assert refusal.value.message
    assert refusal.value.fix


def test_a_missing_column_and_a_broken_quote_are_named(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="lacks sent_at"):
        read(tmp_path, ROWS.replace("sent_at", "posted_at"))
    with pytest.raises(FileRefused, match="starts on line 5"):
        read(tmp_path, ROWS + 'r9,"C9,2025-01-01\nr10,C1,,,\n')


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_blank_lines_and_line_breaks_in_cells_count_right(tmp_path: Path, end: str) -> None:
    rows = ROWS.replace("C2", '"C2\nb, ""c"""') + "\n\n"
    assert read(tmp_path, rows.replace("\n", end))["counted"] == 3
    table = parquet.read_table(tmp_path / "requests.text.parquet")
    assert table["source_ref"].to_pylist() == ["line 2", "line 3", "line 5"]
    assert table["entity_id"].to_pylist()[1].startswith("C2")


def workbook(folder: Path) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "answers"
    sheet.append(["Questionnaire 2025"])
    sheet.append(["entity_id", "question_id", "value", "value_state", "data_tier", "period_start", "period_end"])
    sheet.append(["C1", "fte", 0.1 + 0.2, "value", 1, date(2025, 1, 1), date(2025, 12, 31)])
    sheet.append([])
    sheet.append(["C1", "headcount", 7.0, "value", 1, date(2025, 1, 1), "2025-12-31"])
    book.save(folder / "book.xlsx")
    return folder / "book.xlsx"


def test_a_workbook_gives_canonical_text_below_its_header(tmp_path: Path) -> None:
    meta = read(tmp_path, workbook(tmp_path).read_bytes(), "supplier_survey")
    assert (meta["format"], meta["counted"], meta["version"]) == ("questionnaire_xlsx", 2, "1")
    table = parquet.read_table(tmp_path / "answers.text.parquet").to_pydict()
    assert table["value"] == ["0.3", "7"]
    assert table["period_start"] == ["2025-01-01"] * 2
    assert table["source_ref"] == ["answers!A3", "answers!A5"]
    assert canonical_text(True) == "true"


@pytest.mark.parametrize("member", ["xl/vbaProject.bin", "xl/externalLinks/externalLink1.xml", "../evil_1.txt"])
def test_a_workbook_with_programs_links_or_odd_paths_is_refused(tmp_path: Path, member: str) -> None:
    book = workbook(tmp_path)
    with zipfile.ZipFile(book, "a") as archive:
        archive.writestr(member, b"x")
    with pytest.raises(FileRefused, match="active_content"):
        check_workbook(book)


def test_a_workbook_bomb_is_refused_by_declared_size_ratio_and_members(tmp_path: Path) -> None:
    book = workbook(tmp_path)
    for bounds in (Bounds(workbook_bytes=1000), Bounds(members=2)):
        with pytest.raises(FileRefused, match="too_large"):
            check_workbook(book, bounds)
    with zipfile.ZipFile(book, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet2.xml", b"0" * (32 << 20))
    with pytest.raises(FileRefused, match="too_large"):
        check_workbook(book)


def test_a_damaged_workbook_and_a_foreign_zip_are_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="damaged_zip"):
        read(tmp_path, workbook(tmp_path).read_bytes()[:-400], "supplier_survey")
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as archive:
        archive.writestr("a.csv", ROWS)
    with pytest.raises(FileRefused, match="not_a_table"):
        read(tmp_path, (tmp_path / "other.zip").read_bytes())


BACI = "t,i,j,k,v,q\n2023,156,276,10121,1.5,0.25\n2023,156,842,854231,2,NA\n"


def test_baci_values_become_dollars_and_kilograms(tmp_path: Path) -> None:
    read(tmp_path, BACI, "trade_data", "BACI_HS22_Y2023_V202501.csv")
    rows = parquet.read_table(tmp_path / "flows.text.parquet").to_pylist()
    shown = ("hs_code", "hs_revision", "value_usd", "netweight_kg", "flow", "source_release")
    assert [float(row["value_usd"]) for row in rows] == [1500.0, 2000.0]
    assert [row[name] for name in shown if name != "value_usd" for row in rows[:1]] == [
        "010121", "HS22", "250.000000", "export", "202501"]  # fmt: skip
    assert rows[1]["netweight_kg"] is None


def test_baci_without_its_revision_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="revision_unknown"):
        read(tmp_path, BACI, "trade_data", "trade.csv")
