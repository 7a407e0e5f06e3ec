"""One Airflow for all tests of the DAGs, in this process; each test has a home of its own."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from console import line
from console.airflow_in_process import InProcessAirflow, in_process_airflow
from console.airflow_settings import WRITER_POOL
from tests.dags.network import Network
from warehouse.settings import Settings


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
