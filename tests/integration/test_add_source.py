"""A new source needs new files only, and what the command writes works as it is."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from console.scaffold import CannotAdd, add_source

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("console", "dags", "dbt_project", "expectations", "ingestion", "tests", "warehouse")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A copy of the project's own files that a test may extend."""
    skipped = shutil.ignore_patterns("data", "__pycache__", "target", "logs")
    for room in ROOMS:
        shutil.copytree(ROOT / room, tmp_path / room, ignore=skipped)
    shutil.copyfile(ROOT / "pyproject.toml", tmp_path / "pyproject.toml")
    return tmp_path


def test_a_new_source_passes_its_own_test_and_the_rules_of_all_sources(project: Path) -> None:
    before = {p: p.read_bytes() for room in ROOMS for p in (project / room).rglob("*") if p.is_file()}
    written = add_source(project, "site_visits", "visit", "Visits to the sites of suppliers")
    assert len(written) == 6
    assert {path: path.read_bytes() for path in before} == before, "an existing file was edited"
    tests = ["tests/integration/test_site_visits.py", "tests/architecture/test_one_place.py"]
    ended = subprocess.run(
        [sys.executable, "-m", "pytest", "-n0", *tests], cwd=project, env={**os.environ, "PYTHONPATH": str(project)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.returncode == 0, ended.stdout[-3000:]
    assert "site_visits" in subprocess.run(
        [sys.executable, "-c", "from ingestion.declarations import declarations as d; print(*d())"],
        cwd=project, env={**os.environ, "PYTHONPATH": str(project)}, capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip


@pytest.mark.parametrize(("name", "reason"), [("Site Visits", "snake_case"), ("trade_data", "is there already")])
def test_a_name_that_cannot_be_used_is_refused_before_anything_is_written(
    project: Path, name: str, reason: str
) -> None:
    before = sorted(project.rglob("*"))
    with pytest.raises(CannotAdd, match=reason):
        add_source(project, name, "visit", "Visits")
    assert sorted(project.rglob("*")) == before
