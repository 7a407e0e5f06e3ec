"""The companions of a release, each read by a program that we did not write."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import sdmx
import yaml
from frictionless import Package, system
from pysdmx.io import get_datasets
from rdflib import DCAT, DCTERMS, Graph

from tests.fixtures.public_candidate import AT, benchmark, network, ready, sound_rows
from warehouse.ledger import Ledger
from warehouse.release import publish

FIGURES = ("weighted_mean", "p10", "p25", "p50", "p75", "p90")
FORMULA = "=HYPERLINK(0)"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release with an open, a partly open and a withheld cell, and a text that looks like a formula."""
    settings = network(tmp_path_factory.mktemp("companions"))
    settings.policy_file.write_text("network_name: North Net\nlicence: CC-BY-4.0\npublic_url: https://example.org/n\n")
    rows = sound_rows()
    rows["benchmark_sector"].append(benchmark("CD", unit=FORMULA))
    return publish(settings, Ledger.open(settings), ready(settings, "s1-1", rows), AT).path


@pytest.fixture
def copied(folder: Path, tmp_path: Path) -> Path:
    target = tmp_path / "public"
    shutil.copytree(folder / "public", target)
    for path in (target, *target.iterdir()):
        path.chmod(0o755)
    return target


def validated(path: Path) -> list[str]:
    with system.use_context(trusted=True):
        report = Package(str(path)).validate()
    return [str(error) for row in report.flatten(["type"]) for error in row]


@pytest.mark.parametrize("audience", ["public", "analysts"])
def test_the_data_package_is_valid(folder: Path, audience: str) -> None:
    descriptor = json.loads((folder / audience / "datapackage.json").read_text(encoding="utf-8"))
    assert descriptor["resources"]
    assert validated(folder / audience / "datapackage.json") == []


def test_the_data_package_tells_a_changed_figure(copied: Path) -> None:
    table = copied / "benchmark_sector.csv"
    table.write_text(table.read_text(encoding="utf-8").replace("41.0", "42.0", 1), encoding="utf-8")
    assert "hash-count" in validated(copied / "datapackage.json")


def test_the_catalogue_entry_names_every_file_and_its_licence(folder: Path) -> None:
    graph = Graph().parse(folder / "public" / "dcat.ttl")
    files = {str(address).rsplit("/", 1)[1] for address in graph.objects(None, DCAT.downloadURL)}
    tables = ("benchmark_cell", "benchmark_sector")
    assert files == {"benchmarks.xlsx"} | {f"{table}.{end}" for table in tables for end in ("csv", "parquet")}
    assert all((folder / "public" / file).is_file() for file in files)
    licences = {str(licence) for licence in graph.objects(None, DCTERMS.license)}
    assert licences == {"https://spdx.org/licenses/CC-BY-4.0"}
    assert {str(title) for title in graph.objects(None, DCTERMS.title)} > {"North Net: releases"}


def test_the_workbook_shows_withheld_figures_as_one_sign_and_runs_no_text(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "public" / "benchmarks.xlsx")
    assert book.sheetnames == ["About", "benchmark_cell", "benchmark_sector", "Columns"]
    sheet = book["benchmark_sector"]
    head, *lines = [[cell.value for cell in row] for row in sheet.iter_rows()]
    rows = [dict(zip(head, line, strict=True)) for line in lines]
    withheld = next(row for row in rows if row["status"] == "withheld")
    assert {withheld[figure] for figure in (*FIGURES, "n_band", "coverage", "dq_score")} == {"c"}
    assert [row["weighted_mean"] for row in rows if row["status"] == "ok"] == [41.0] * 3
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == FORMULA)
    assert cell.data_type == "s"


def test_the_statistics_come_back_from_two_readers(folder: Path) -> None:
    data, structure = (folder / "public" / f"benchmark_sector.{end}" for end in ("sdmx.csv", "structure-3.0.xml"))
    (found,) = get_datasets(data, structure)
    assert len(found.data) == 4 * len(FIGURES)
    assert found.data["OBS_VALUE"].astype(float).sum() == 2 * (41 + 10 + 20 + 30 + 40 + 50) + 41
    message: Any = sdmx.read_sdmx(folder / "public" / "benchmark_sector.structure-2.1.xml")
    (definition,) = message.structure.values()
    dimensions = [dimension.id for dimension in definition.dimensions]
    assert dimensions == ["KPI_ID", "VARIANT", "SECTOR", "STATISTIC", "TIME_PERIOD"]


def test_withheld_statistics_carry_one_mark_whatever_the_reason(folder: Path) -> None:
    data, structure = (folder / "public" / f"benchmark_sector.{end}" for end in ("sdmx.csv", "structure-3.0.xml"))
    (found,) = get_datasets(data, structure)
    shown = found.data["OBS_VALUE"].notna()
    marks = set(zip(found.data["OBS_STATUS"], found.data["CONF_STATUS"], shown, strict=True))
    assert marks == {("A", "F", True), ("Q", "C", False)}


def test_citation_and_contract_describe_the_release(folder: Path) -> None:
    cited = yaml.safe_load((folder / "public" / "CITATION.cff").read_text(encoding="utf-8"))
    assert (cited["cff-version"], cited["version"], cited["license"]) == ("1.2.0", "2026.1", "CC-BY-4.0")
    document = yaml.safe_load((folder / "public" / "benchmark_sector.odcs.yaml").read_text(encoding="utf-8"))
    (table,) = document["schema"]
    keys = [p["name"] for p in sorted(table["properties"], key=lambda p: p.get("primaryKeyPosition", 99))][:3]
    assert keys == ["kpi_id", "dim_variant", "sector"]
    assert all(p["description"] for p in table["properties"])


def test_the_audit_pack_names_all_files_and_deliveries_for_analysts_only(folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    audience = {entry["path"]: entry["audience"] for entry in manifest["files"]}
    assert {audience[name] for name in ("openlineage.json", "ro-crate-metadata.json")} == {"analyst"}
    crate = json.loads((folder / "ro-crate-metadata.json").read_text(encoding="utf-8"))
    files = {entity["@id"] for entity in crate["@graph"] if entity["@type"] == "File"}
    assert files == set(audience) - {"ro-crate-metadata.json", "openlineage.json"}
    event = json.loads((folder / "openlineage.json").read_text(encoding="utf-8"))
    assert [dataset["name"] for dataset in event["inputs"]] == ["d1"]
    assert datetime.fromisoformat(event["eventTime"]) <= AT.replace(tzinfo=UTC)
