"""Small files stay small; an exception is listed with its reason."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("console", "dags", "expectations", "ingestion", "warehouse")
LONGER: dict[str, str] = {
    "console/airflow_in_process.py": "private API of Airflow stays in one file, so that an upgrade has one place to look",
    "console/airflow_processes.py": "start, watch and end of the four processes are one life cycle",
    "console/line.py": "the five steps and the one answer to when a period is complete belong together",
}


def modules(*rooms: str) -> list[Path]:
    found = [p for room in rooms for p in sorted((ROOT / room).rglob("*.py")) if "data" not in p.parts]
    assert found, "looked into an empty folder"
    return found


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


@pytest.mark.parametrize(
    ("pattern", "limit"),
    [("dags/*.py", 79), ("dbt_project/models/**/*.sql", 100), ("README.md", 500), ("CONTRIBUTING.md", 500)],
)
def test_files_keep_their_limit(pattern: str, limit: int) -> None:
    found = [p for p in ROOT.glob(pattern) if p.name != "__init__.py"]
    assert found
    assert {p.name: lines(p) for p in found if lines(p) > limit} == {}


def test_modules_stay_within_150_lines() -> None:
    long = {str(p.relative_to(ROOT)): lines(p) for p in modules(*ROOMS) if lines(p) > 150}
    assert {name: size for name, size in long.items() if name not in LONGER} == {}
    assert set(LONGER) <= set(long), "an exception that is no longer needed"


def test_functions_stay_within_40_lines() -> None:
    long = [
        f"{p.relative_to(ROOT)}:{f.name} {size}"
        for p in modules(*ROOMS)
        for f in functions(p)
        if (size := (f.end_lineno or 0) - f.lineno + 1) > 40
    ]
    assert long == []


def test_tests_stay_within_25_lines() -> None:
    long = [
        f"{p.name}:{f.name} {size}"
        for p in sorted((ROOT / "tests").rglob("test_*.py"))
        for f in functions(p)
        if f.name.startswith("test_") and (size := (f.end_lineno or 0) - f.lineno + 1) > 25
    ]
    assert long == []
