"""The processes of our Airflow: started as one, ended as one, and found again by a mark in their environment.

They are the four of `airflow standalone`. We start them ourselves, because `standalone` also opens two log servers on
all interfaces, and because only then they start and end in an order in which tasks can always report.
"""

import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

_MARK = "LIEFERNETZ_SERVER"
# The API server reads the log files itself, so nobody needs the log servers.
_PARTS = {
    "api-server": (),
    "dag-processor": (),
    "triggerer": ("--skip-serve-logs",),
    "scheduler": ("--skip-serve-logs",),
}
_TASKS_MAY_TAKE = 20.0
_THE_REST_MAY_TAKE = 3.0


@dataclass
class Processes:
    """The parts of one server; `mark` is in the environment of each and of whatever they start."""

    mark: str
    environment: dict[str, str]
    log_file: Path
    _running: "dict[str, subprocess.Popen[bytes]]" = field(default_factory=dict)

    def run(self, *arguments: str) -> int:
        """Run one Airflow command to its end and return its exit code."""
        return self._start(arguments).wait()

    def start(self) -> None:
        """Start everything but the scheduler: a task that starts before the API server answers would fail."""
        self._running = {name: self._start((name, *_PARTS[name])) for name in _PARTS if name != "scheduler"}

    def start_scheduler(self) -> None:
        """Start the scheduler, once the API server answers."""
        self._running["scheduler"] = self._start(("scheduler", *_PARTS["scheduler"]))

    def ended(self) -> list[str]:
        """Return the parts that ended although nobody asked them to."""
        return [name for name, part in self._running.items() if part.poll() is not None]

    def stop(self) -> None:
        """Let running tasks report, then end everything; no process of this server survives."""
        for name in ("scheduler", "dag-processor", "triggerer"):
            self._signal(name, signal.SIGTERM)
        self._wait(("scheduler",), _TASKS_MAY_TAKE)
        self._signal("api-server", signal.SIGINT)
        self._wait(tuple(self._running), _THE_REST_MAY_TAKE)
        end_marked(self.mark)
        for part in self._running.values():
            part.wait()

    def _start(self, arguments: tuple[str, ...]) -> "subprocess.Popen[bytes]":
        with self.log_file.open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "airflow", *arguments],
                env={**self.environment, _MARK: self.mark},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C in a terminal reaches us alone, and we end the parts in order.
            )

    def _signal(self, name: str, number: signal.Signals) -> None:
        with suppress(KeyError, ProcessLookupError):
            self._running[name].send_signal(number)

    def _wait(self, names: tuple[str, ...], seconds: float) -> None:
        deadline = time.monotonic() + seconds
        for part in [self._running[name] for name in names if name in self._running]:
            with suppress(subprocess.TimeoutExpired):
                part.wait(max(0.0, deadline - time.monotonic()))


def marked_processes(mark: str) -> list[psutil.Process]:
    """Return every living process that the server with this mark started, directly or not."""
    return [process for process in psutil.process_iter() if _mark_of(process) == mark]


def end_marked(mark: str) -> None:
    """Kill what is left of the server with this mark."""
    left = marked_processes(mark)
    for process in left:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(left, timeout=5)


def started_at(pid: int) -> float | None:
    """Return when a process started, or None; with the pid it names a process for good."""
    with suppress(psutil.Error):
        return float(psutil.Process(pid).create_time())
    return None


def _mark_of(process: psutil.Process) -> str | None:
    # Gone, a zombie, or of another user: not ours to end.
    with suppress(psutil.Error, OSError):
        if process.pid != os.getpid() and process.status() != psutil.STATUS_ZOMBIE:
            return process.environ().get(_MARK)
    return None
