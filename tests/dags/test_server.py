"""A real Airflow, once: it starts, it is closed to strangers, a file becomes a run, it leaves nothing behind."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from console.airflow_api import AirflowApi, ApiRefused
from console.airflow_processes import AlreadyRunning, alive, take_over
from console.airflow_server import Server, airflow_server
from tests.dags.network import HEADER
from warehouse.ledger import Ledger
from warehouse.settings import Settings

pytestmark = pytest.mark.server
DOORS = [
    ("POST", "/api/v2/assets/events", {"asset_id": 1, "extra": {}}),
    ("POST", "/api/v2/dags/publish_kpis/dagRuns", {"logical_date": None}),
    ("GET", "/api/v2/dags", None),
    ("GET", "/api/v2/connections", None),
    ("POST", "/api/v2/pools", {"name": "x", "slots": 1}),
]


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    home = tmp_path_factory.mktemp("home with a space") / "ne tz"
    return Settings(home, f"sqlite:///{home / 'ledger.sqlite'}")


@pytest.fixture(scope="module")
def messages() -> list[str]:
    return []


@pytest.fixture(scope="module")
def server(settings: Settings, messages: list[str]) -> Iterator[Server]:
    with airflow_server(settings, messages.append) as running:
        yield running
    assert [process.cmdline() for process in running.processes.alive()] == [], "a process of Airflow survived"


def listening(server: Server) -> set[str]:
    """Return the addresses on which the processes of a server listen."""
    connections = [c for process in server.processes.alive() for c in process.net_connections("inet")]
    return {c.laddr.ip for c in connections if c.status == psutil.CONN_LISTEN}


def wait_for(found: Callable[[], object]) -> None:
    """Wait until something is found."""
    deadline = time.monotonic() + 120
    while not found():
        assert time.monotonic() < deadline, "nothing happened for two minutes"
        time.sleep(0.5)


def test_it_is_healthy_and_knows_the_dags(server: Server, messages: list[str]) -> None:
    assert server.api.unhealthy() == []
    assert server.api.import_errors() == []
    assert "publish_kpis" in server.api.dag_ids()
    assert messages[-1] == f"Airflow is ready at {server.url}"


@pytest.mark.parametrize(("method", "path", "body"), DOORS, ids=[path for _, path, _ in DOORS])
def test_a_stranger_is_turned_away(server: Server, method: str, path: str, body: object) -> None:
    with pytest.raises(ApiRefused) as refused:
        AirflowApi(server.url).call(method, path, body)
    assert refused.value.status == 401


def test_it_listens_on_this_machine_only(server: Server) -> None:
    assert listening(server) == {"127.0.0.1"}


def test_the_password_is_readable_by_the_owner_only_and_not_in_the_log(server: Server) -> None:
    (secret,) = json.loads(server.password_file.read_text()).values()
    assert server.password_file.stat().st_mode & 0o077 == 0
    assert secret not in server.log_file.read_text("utf-8", "replace")


def test_a_second_server_for_the_same_home_is_refused(server: Server, settings: Settings) -> None:
    with pytest.raises(AlreadyRunning, match=server.url), airflow_server(settings):
        pass
    assert server.api.unhealthy() == []


def test_a_file_in_the_inbox_is_landed_by_its_ingest_run(server: Server, settings: Settings) -> None:
    wait_for(lambda: [run for run in server.api.runs("sweep_inbox") if run["state"] == "success"])
    path = settings.inbox / "company_register" / "office" / "register.csv"
    path.parent.mkdir(parents=True)
    path.write_text(HEADER + "C1,Example,company,DE,10.1,12,EUR,2024-01-01,2024-12-31\n", encoding="utf-8")
    wait_for(lambda: Ledger.open(settings).deliveries(outcome="accepted"))
    assert [delivery.sender for delivery in Ledger.open(settings).deliveries()] == ["office"]
    assert server.api.runs("ingest__company_register")


def test_what_a_killed_server_left_is_ended_by_the_next_start(tmp_path: Path) -> None:
    left = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True)
    other = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True)
    sessions = {left.pid: psutil.Process(left.pid).create_time()}
    note = {"pid": 2**22 + 1, "started_at": 1.0, "url": "", "mark": "killed", "sessions": sessions}
    (tmp_path / "server.json").write_text(json.dumps(note))
    assert [process.pid for process in alive("killed", sessions)] == [left.pid]
    take_over(tmp_path)
    assert not psutil.pid_exists(left.pid)
    assert psutil.pid_exists(other.pid)
    other.kill()
    other.wait()
