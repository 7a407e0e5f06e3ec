"""The private reports of the sample network: a company's own values, and of others only what is released."""

import re
import stat
import subprocess
import sys
from html import unescape
from pathlib import Path

import pytest

from tests.conftest import Line
from warehouse.report import Written, write_reports
from warehouse.report.content import findings_of
from warehouse.report.reading import read_book
from warehouse.report.words import load_words

# A company of the sector in which the sample withholds a cell, with a benchmark for most of its measures.
WITHHELD = """
select v.entity_id, v.kpi_id, v.dim_category from fact_kpi_value as v
inner join dim_company as c on v.entity_id = c.entity_id and c.year = year(v.period_start)
inner join benchmark_sector as b on b.kpi_id = v.kpi_id and b.dim_variant = v.dim_category and b.sector = c.sector
    and b.period_start = v.period_start
where b.status = 'withheld' and v.status = 'ok' and v.entity_type = 'company' order by all limit 1
"""
OWN = "select value, value_low, value_high from fact_kpi_value where entity_id = ? and kpi_id <> 'B02'"
LATEST = """
select value, value_low, value_high from fact_kpi_value
where entity_type = 'company' and entity_id = ? and kpi_id <> 'B02' and year(period_start) = year(period_end)
qualify period_end = max(period_end) over (partition by kpi_id, dim_hash) and value is not null
"""


@pytest.fixture(scope="module")
def reports(line: Line, tmp_path_factory: pytest.TempPathFactory) -> Written:
    return write_reports(line.settings, folder=tmp_path_factory.mktemp("private") / "reports")


def page_of(reports: Written, company: str) -> str:
    return (reports.folder / company / "report.html").read_text(encoding="utf-8")


def test_every_company_gets_one_report_that_only_its_owner_can_open(line: Line, reports: Written) -> None:
    [(companies,)] = line.rows("select count(distinct entity_id) from dim_company")
    assert len(reports.paths) == companies == 400
    for path in reports.paths:
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        assert [entry.name for entry in path.parent.iterdir()] == ["report.html"]
    assert stat.S_IMODE(reports.folder.stat().st_mode) == 0o700


@pytest.mark.parametrize("company", ["C0001", "C0117", "C0400"])
def test_the_values_and_bounds_of_the_page_are_those_of_the_release(line: Line, reports: Written, company: str) -> None:
    shown = {float(number) for number in re.findall(r'<data value="([^"]+)">', page_of(reports, company))}
    released = {float(str(v)) for row in line.rows(LATEST, company) for v in row if v is not None}
    assert released
    assert released <= shown


def test_no_page_names_another_company(line: Line, reports: Written) -> None:
    ids = {str(row[0]) for row in line.rows("select distinct entity_id from dim_company")}
    names = {str(row[1]): str(row[0]) for row in line.rows("select distinct entity_id, name from dim_company")}
    for path in reports.paths:
        page = path.read_text(encoding="utf-8")
        assert set(re.findall(r"C\d{4}", page, flags=re.IGNORECASE)) & ids <= {path.parent.name}
        named = set(re.findall(r"Synthetic \w+ \d{4} \(synthetic\)", page))
        assert {names[name] for name in named} == {path.parent.name}


def test_beside_own_values_stand_only_released_cells_and_of_a_rank_only_its_quarter(
    line: Line, reports: Written
) -> None:
    own = line.rows("select value from fact_kpi_value where kpi_id = 'B02' and entity_id = 'C0001' and value > 0")
    exact = {str(row[0]) for row in own if len(str(row[0])) > 6}
    # A value of its own may happen to read like one of its ranks.
    exact -= {str(v) for row in line.rows(OWN, "C0001") for v in row}
    page = page_of(reports, "C0001")
    assert exact
    assert not [rank for rank in exact if rank in page]
    medians = {
        float(str(row[0])) for row in line.rows("select p50 from benchmark_sector where status = 'ok' and p50 > -1e9")
    }
    words = load_words("en")
    shown = re.findall(r"<small>Median (-?[\d,.]+)( %)?", page)
    released = {words.number(m) for m in medians} | {words.number(m, "share").removesuffix(" %") for m in medians}
    assert shown
    assert {number for number, _ in shown} <= released


def test_a_withheld_cell_is_told_in_words_and_has_no_number(line: Line, reports: Written) -> None:
    [(company, kpi, category)] = line.rows(WITHHELD)
    page = page_of(reports, str(company))
    card = next(part for part in page.split('<div class="card">') if f"<small>{kpi} ·" in part)
    row = next(part for part in card.split("<tr>") if f"category {category}</th>" in part)
    peers = row.split('<td data-label="Among peers">')[1].split("</td>")[0]
    assert re.sub(r"<[^>]+>", "", peers).strip() == "withheld: too few or dominated"
    assert "<svg" not in peers


def test_findings_say_what_helps_and_never_the_distance_to_the_sector(line: Line, reports: Written) -> None:
    book = read_book(line.settings, line.release, "C0117")
    found = findings_of(book.companies[0], book, load_words("en"))
    page = unescape(page_of(reports, "C0117"))
    assert {"unit in doubt", "far from the sector"} <= {row["kind"] for row in found}
    assert all(row["message"] in page and row["fix"] in page and row["found"] in page for row in found)
    assert "robust z" not in page


def test_the_page_asks_for_nothing_from_outside(reports: Written) -> None:
    page = page_of(reports, "C0001")
    assert re.findall(r'(?:src|href)="([^"]*)"', page) == ["#values"]
    assert "url(" not in page
    assert "@import" not in page
    assert "<script" not in page
    assert "default-src 'none'" in page


def test_nothing_public_links_to_a_report(line: Line) -> None:
    for path in (p for p in (line.release.path / "public").rglob("*") if p.is_file()):
        assert b"report.html" not in path.read_bytes()


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["NOBODY"], 2, "knows no company NOBODY"),
        (["C0001", "--release", "2019.1"], 2, "There is no release 2019.1"),
        (["--all", "--out", "releases/2026.1/public"], 1, "private reports need a folder outside"),
        ([], 2, "name one company, or --all"),
    ],
)
def test_the_command_answers_a_mistake_in_one_sentence(line: Line, arguments: list[str], code: int, words: str) -> None:
    environment = {"LIEFERNETZ_HOME": str(line.settings.home), "PATH": "/usr/bin:/bin", "COLUMNS": "200"}
    command = [sys.executable, "-m", "console.main", "report", *arguments]
    environment["PYTHONPATH"] = str(Path(__file__).resolve().parents[2])
    ended = subprocess.run(
        command, capture_output=True, text=True, env=environment, cwd=line.settings.home, check=False
    )
    assert ended.returncode == code
    assert words in ended.stderr
    assert "Traceback" not in ended.stderr
