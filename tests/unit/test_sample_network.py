"""The sample network is repeatable, labelled, shaped as the sources declare, and contains what it claims to contain."""

import os
import subprocess
import sys
from collections import Counter, defaultdict
from pathlib import Path

import openpyxl
import pytest
import yaml

from console.sample_network import PLANTED, SampleNetwork, generate
from tests.fixtures.sample_files import csv_rows, sample_files, sample_groups, sample_rows

PROJECT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> SampleNetwork:
    """Generate the sample once for all tests of this module."""
    return generate(tmp_path_factory.mktemp("sample"))


def _contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_the_same_seed_gives_the_same_bytes(sample: SampleNetwork, tmp_path: Path) -> None:
    generate(tmp_path)
    assert _contents(tmp_path) == _contents(sample.folder)


def test_neither_hash_seed_nor_time_zone_nor_language_changes_a_byte(sample: SampleNetwork, tmp_path: Path) -> None:
    surroundings = {**os.environ, "PYTHONHASHSEED": "4711", "TZ": "Pacific/Auckland", "LC_ALL": "C"}
    command = [sys.executable, "-m", "console.sample_network", str(tmp_path)]
    subprocess.run(command, check=True, cwd=PROJECT, env=surroundings, capture_output=True)
    assert _contents(tmp_path) == _contents(sample.folder)


def test_another_seed_gives_another_network_with_the_same_planted_lines(sample: SampleNetwork, tmp_path: Path) -> None:
    other = generate(tmp_path, seed=7)
    assert _contents(tmp_path) != _contents(sample.folder)
    lines = [
        [row for row in sample_rows(one, "purchase_lines") if row["buyer_id"] == "C0012"] for one in (sample, other)
    ]
    assert lines[0] == lines[1]
    assert PLANTED.chain_buyer == "C0012"


@pytest.mark.parametrize(
    ("source", "part", "table"),
    [
        ("company_register", "", "companies"),
        ("purchase_lines", "", "purchase_lines"),
        ("survey_requests", "", "requests"),
        ("supplier_survey", "", "answers"),
        ("certification_registry", "", "certificates"),
        ("context_data", "fx_rates", "fx_rates"),
        ("context_data", "deflators", "deflators"),
        ("context_data", "emission_factors", "emission_factors"),
        ("trade_data", "country_codes", "country_codes"),
        ("trade_data", "product_codes", "product_codes"),
        ("due_diligence_cases", "findings", "findings"),
        ("due_diligence_cases", "assessments", "assessments"),
        ("due_diligence_cases", "actions", "actions"),
        ("due_diligence_cases", "exits", "exits"),
        ("cooperation", "members", "members"),
        ("cooperation", "activities", "activities"),
        ("cooperation", "knowledge_ties", "knowledge_ties"),
        ("cooperation", "targets", "targets"),
        ("logistics", "legs", "legs"),
        ("incidents", "incidents", "incidents"),
        ("incidents", "responses", "responses"),
        ("incentives", "participations", "participations"),
        ("stocks", "items", "items"),
    ],
)
def test_headers_are_declared_and_required_cells_are_filled(
    sample: SampleNetwork, source: str, part: str, table: str
) -> None:
    declaration = yaml.safe_load((PROJECT / "ingestion" / "sources" / f"{source}.yml").read_text(encoding="utf-8"))
    columns = declaration["tables"][table]["columns"]
    must = {name for name, column in columns.items() if column["need"] == "must"}
    rows = sample_rows(sample, source, part)
    assert rows
    assert set(rows[0]) <= set(columns)
    assert not [row for row in rows if any(not row[name] for name in must)]


def test_keys_are_unique_within_each_file(sample: SampleNetwork) -> None:
    keys = {
        "company_register": ("entity_id", "fiscal_year_end"),
        "purchase_lines": ("buyer_id", "line_id"),
        "supplier_survey": ("entity_id", "question_id", "item", "period_start"),
        "certification_registry": ("certificate_id", "status", "status_from"),
    }
    for source, columns in keys.items():
        for path in sample_files(sample, source):
            found = Counter(tuple(row[one] for one in columns) for row in csv_rows(path))
            assert max(found.values()) == 1, path.name


def test_the_network_has_the_agreed_size(sample: SampleNetwork) -> None:
    register = sample_rows(sample, "company_register")
    assert len({row["entity_id"] for row in register}) == 400
    assert len({row["country"] for row in register}) == 12
    assert len({row["parent_group_id"] for row in register} - {""}) >= 30
    assert 6_000 <= len(sample_rows(sample, "purchase_lines")) <= 9_000
    assert Counter(one.outcome for one in sample.deliveries) == {
        "accepted": 51,
        "held": 1,
        "accepted_with_warnings": 15,
        "partly_quarantined": 1,
        "rejected": 1,
        "duplicate": 1,
    }


def test_everything_says_that_it_is_synthetic(sample: SampleNetwork) -> None:
    assert "synthetic" in (sample.folder / "README.txt").read_text(encoding="utf-8")
    assert all(row["name"].endswith("(synthetic)") for row in sample_rows(sample, "company_register"))
    assert {row["publisher"] for row in sample_rows(sample, "context_data")} == {"synthetic sample, not real data"}
    assert {row["method"] for row in sample_rows(sample, "supplier_survey")} == {"synthetic sample, not real data"}
    names = [one.path.name for one in sample.deliveries if one.sender != "cepii"]
    assert all("synthetic" in name for name in names)


def test_every_sector_has_enough_answering_companies_and_groups(sample: SampleNetwork) -> None:
    sectors = {row["entity_id"]: row["nace"][:2] for row in sample_rows(sample, "company_register")}
    groups = sample_groups(sample)
    answering: dict[str, set[str]] = defaultdict(set)
    for row in sample_rows(sample, "supplier_survey", "2025"):
        division = sectors[row["entity_id"]]
        answering["textiles" if division in ("13", "14", "15") else division].add(row["entity_id"])
    assert set(answering) == {"10", "textiles", "26"}
    assert all(len(companies) >= 60 for companies in answering.values())
    assert all(len({groups[one] for one in companies}) > 40 for companies in answering.values())


def test_answers_cover_the_network_evenly_over_the_years(sample: SampleNetwork) -> None:
    turnover = {one.company_id: one.turnover[2023] for one in sample.companies}
    workbook = next(one.path for one in sample.deliveries if "C0001_2025.xlsx" in one.path.name)
    sheet = openpyxl.load_workbook(workbook, read_only=True)["answers"]
    answering = {("2025", str(row[0])) for row in sheet.iter_rows(min_row=2, values_only=True)}
    rows = [row for row in sample_rows(sample, "supplier_survey") if row["entity_id"] in turnover]
    answering |= {(row["period_start"][:4], row["entity_id"]) for row in rows}
    counts = Counter(year for year, _ in answering)
    assert all(0.85 <= counts[year] / 400 <= 0.92 for year in ("2023", "2024", "2025"))
    weight = {year: sum(turnover[one] for found, one in answering if found == year) for year in counts}
    shares = [value / sum(turnover.values()) for value in weight.values()]
    assert min(shares) >= 0.85
    assert max(shares) - min(shares) <= 0.05
