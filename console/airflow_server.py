"""A real Airflow of our own, on the loopback address, for as long as a `with` block runs."""

import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any
from uuid import uuid4

from console.airflow_api import AirflowApi
from console.airflow_processes import AirflowNotStarted, Processes, take_over
from console.airflow_settings import USER, WRITER_POOL, password, password_file, server_settings
from ingestion.declarations import declarations
from warehouse.settings import Settings

Progress = Callable[[str], None]
_START_SECONDS = 180.0
__all__ = ["AirflowNotStarted", "Server", "airflow_server"]


@dataclass(frozen=True)
class Server:
    """A running Airflow: where it listens, its user, its log, and a client that may ask it."""

    url: str
    user: str
    password_file: Path
    log_file: Path
    processes: Processes
    api: AirflowApi

    def wait(self) -> None:
        """Return when a part has ended by itself; until then only an interrupt ends the waiting."""
        while not self.processes.ended():
            time.sleep(1)


def _say_nothing(message: str) -> None:
    """Take a message and show it to nobody: for callers without a screen."""


@contextmanager
def airflow_server(settings: Settings, progress: Progress = _say_nothing, port: int | None = None) -> Iterator[Server]:
    """Run Airflow for as long as the block runs; when it ends, no process of it is left."""
    home = settings.home / "airflow"
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    take_over(home)
    port = port or _free_port()
    url = f"http://127.0.0.1:{port}"
    processes = Processes(uuid4().hex, url, _environment(settings, home, port), home)
    api = AirflowApi(url, USER, password(home))
    before = _stop_like_ctrl_c()
    try:
        _migrate(processes, home, progress)
        processes.start()
        _wait_until_ready(api, processes, progress)
        yield Server(url, USER, password_file(home), processes.log_file, processes, api)
    finally:
        progress("stopping Airflow")
        processes.stop()
        for number, handler in before.items():
            signal.signal(number, handler)


def _stop_like_ctrl_c() -> dict[int, Any]:
    """Let a service manager or a closed terminal end us as Ctrl-C does; return the handlers that were there before."""
    if threading.current_thread() is not threading.main_thread():
        return {}
    return {number: signal.signal(number, signal.default_int_handler) for number in (signal.SIGTERM, signal.SIGHUP)}


def _environment(settings: Settings, home: Path, port: int) -> dict[str, str]:
    password(home)
    # Someone else's AIRFLOW settings are not ours; and with bytecode the imports of each process take half as long.
    own = {k: v for k, v in os.environ.items() if not k.startswith("AIRFLOW_") and k != "PYTHONDONTWRITEBYTECODE"}
    place = {"LIEFERNETZ_HOME": str(settings.home), "LIEFERNETZ_LEDGER": settings.ledger_url}
    return own | server_settings(home, settings.project / "dags", port) | place


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _migrate(processes: Processes, home: Path, progress: Progress) -> None:
    """Create or upgrade the metadata database; skipped when this version of Airflow has done it before."""
    done, version = home / "migrated", metadata.version("apache-airflow")
    if done.exists() and done.read_text() == version and (home / "airflow.db").exists():
        return
    progress("preparing the metadata database of Airflow")
    if processes.run("db", "migrate"):
        raise AirflowNotStarted(_why("the metadata database could not be prepared", processes.log_file))
    done.write_text(version)


def _wait_until_ready(api: AirflowApi, processes: Processes, progress: Progress) -> None:
    progress("starting API server, DAG processor and triggerer")
    _wait(processes, lambda: [part for part in api.unhealthy() if part == "api_server"])
    api.ensure_pool(WRITER_POOL, 1)
    progress("starting the scheduler")
    processes.start_scheduler()
    # The first request to the door of the tasks builds its routes, for seconds in which every task would time out.
    api.call("GET", "/execution/health", token=False)
    wanted = {f"ingest__{source}" for source in declarations()} | {"publish_kpis", "sweep_inbox"}
    _wait(processes, lambda: api.unhealthy() or sorted(wanted - api.dag_ids()))
    progress(f"Airflow is ready at {api.url}")


def _wait(processes: Processes, missing: Callable[[], list[str]]) -> None:
    """Wait until nothing is missing; raise `AirflowNotStarted` when it takes too long or a part has ended."""
    deadline = time.monotonic() + _START_SECONDS
    while still := missing():
        if ended := processes.ended():
            raise AirflowNotStarted(_why(f"{', '.join(ended)} ended by itself", processes.log_file))
        if time.monotonic() > deadline:
            raise AirflowNotStarted(_why(f"after {_START_SECONDS:.0f} s not ready: {still}", processes.log_file))
        time.sleep(0.25)


def _why(what: str, log_file: Path) -> str:
    last = log_file.read_text("utf-8", "replace").splitlines()[-15:]
    return "\n".join([f"Airflow did not start: {what}. The log is {log_file} and ends:", *last])
