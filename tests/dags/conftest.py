"""One Airflow for all tests of the DAGs, in this process; each test has a home of its own."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from console import line
from console.airflow_in_process import InProcessAirflow, RunSummary, in_process_airflow
from console.airflow_settings import WRITER_POOL
from warehouse.ledger import Ledger
from warehouse.settings import Settings

HEADER = "entity_id,name,entity_type,country,nace,headcount,currency,fiscal_year_start,fiscal_year_end\n"


@dataclass
class Network:
    """A home, the one Airflow, and what the steps after landing were called with."""

    settings: Settings
    airflow: InProcessAirflow
    calls: list[tuple[str, Any]] = field(default_factory=list)

    def drop(self, name: str, year: int = 2024, source: str = "company_register") -> Path:
        """Put a tiny delivery into an inbox, without a word to anybody."""
        path = self.settings.inbox / source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        row = f"C-{name},Example,company,DE,10.1,12,EUR,{year}-01-01,{year}-12-31\n"
        path.write_text(HEADER + row, encoding="utf-8")
        return path

    def pump(self, dag_id: str = "") -> list[RunSummary]:
        """Let everything happen; return the runs that came of it, of one DAG if named."""
        return [run for run in self.airflow.pump() if dag_id in ("", run.dag_id)]

    def landed(self) -> set[str]:
        """Return the names of the files that the ledger knows."""
        return {delivery.file_name for delivery in Ledger.open(self.settings).deliveries()}

    def called(self, step: str) -> list[Any]:
        """Return the arguments of the calls of one step."""
        return [argument for name, argument in self.calls if name == step]


@pytest.fixture(scope="session")
def airflow() -> Iterator[InProcessAirflow]:
    """The one Airflow of this test run."""
    os.environ["LIEFERNETZ_SETTLE_SECONDS"] = "0.05"
    yield in_process_airflow()
    del os.environ["LIEFERNETZ_SETTLE_SECONDS"]


@pytest.fixture
def network(airflow: InProcessAirflow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Network:
    """A home with the real intake; build, gate and release only note that they were called."""
    monkeypatch.setenv("LIEFERNETZ_HOME", str(tmp_path / "home"))
    found = Network(Settings.from_env(), airflow)

    def build(period: str, again: bool = False) -> dict[str, Any]:
        found.calls.append(("build", period))
        return {"candidate_id": f"candidate-{period}"}

    def gate(candidate_id: str) -> dict[str, Any]:
        found.calls.append(("gate", candidate_id))
        return {"candidate_id": candidate_id, "state": "passed"}

    def publish(candidate_id: str, approved_by: str | None = None) -> dict[str, Any]:
        found.calls.append(("publish", (candidate_id, approved_by)))
        return {"candidate_id": candidate_id, "version": "1"}

    for name, stand_in in (("build", build), ("gate", gate), ("publish", publish)):
        monkeypatch.setattr(line, name, stand_in)
    return found


@pytest.fixture
def writer_pool() -> str:
    """The name of the pool with one slot."""
    return WRITER_POOL
