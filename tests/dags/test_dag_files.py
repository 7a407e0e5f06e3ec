"""The DAG files: which DAGs there are, and that they stay light and harmless."""

import subprocess
import sys
from pathlib import Path

import pytest

from console.airflow_in_process import InProcessAirflow
from ingestion.declarations import declarations
from warehouse.settings import PROJECT

FILES = sorted((PROJECT / "dags").glob("*.py"))
HEAVY = ("pandas", "duckdb", "great_expectations", "dbt", "pyarrow", "openpyxl", "scipy")


def test_there_is_one_ingest_dag_per_source_and_two_more(airflow: InProcessAirflow) -> None:
    assert declarations(), "no source is declared, so this test would prove nothing"
    assert set(airflow.bag.dags) == {f"ingest__{source}" for source in declarations()} | {"publish_kpis", "sweep_inbox"}


def test_the_dag_files_load_without_an_error(airflow: InProcessAirflow) -> None:
    assert airflow.bag.import_errors == {}


def test_reading_the_dag_files_imports_nothing_heavy() -> None:
    read = "; ".join(f"__import__('{file.stem}')" for file in FILES)
    shown = f"import sys; {read}; print(*sorted(set(sys.modules) & set({HEAVY!r})), len(sys.modules))"
    found = subprocess.run(
        [sys.executable, "-c", shown], cwd=PROJECT / "dags", capture_output=True, text=True, check=True
    )
    *heavy, count = found.stdout.split()
    assert heavy == []
    assert int(count) < 3000


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_a_dag_file_is_short_and_holds_no_sql_no_paths_and_no_try(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert len(text.splitlines()) < 80
    assert not [word for word in ("try:", "pathlib", "select ", "open(", "Variable", "getenv") if word in text]


def test_a_task_has_at_most_one_outlet_and_no_retries(airflow: InProcessAirflow) -> None:
    tasks = [task for dag in airflow.bag.dags.values() for task in dag.tasks]
    assert len(tasks) == len(declarations()) + 4
    assert [task.task_id for task in tasks if len(task.outlets) > 1 or task.retries] == []


def test_only_writers_share_the_pool_of_one_slot(airflow: InProcessAirflow, writer_pool: str) -> None:
    writers = {(t.dag_id, t.task_id) for d in airflow.bag.dags.values() for t in d.tasks if t.pool == writer_pool}
    assert writers == {("publish_kpis", task) for task in ("build", "gate", "release")}


def test_no_event_driven_dag_is_limited_to_one_run(airflow: InProcessAirflow) -> None:
    limited = [dag_id for dag_id, dag in airflow.bag.dags.items() if dag.max_active_runs == 1]
    assert limited == ["sweep_inbox"]


def test_a_run_that_has_built_goes_before_the_next_build(airflow: InProcessAirflow) -> None:
    weight = {task.task_id: task.weight_rule for task in airflow.bag.dags["publish_kpis"].tasks}
    assert {str(rule) for rule in weight.values()} == {str(weight["release"])}
    assert "upstream" in str(weight["release"]).lower()
