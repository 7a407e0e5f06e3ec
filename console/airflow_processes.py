"""The processes of our Airflow: started as one, ended as one, and found again by a mark in their environment.

They are the four of `airflow standalone`. We start them ourselves, because `standalone` also opens two log servers on
all interfaces, and because only then they start and end in an order in which tasks can always report.
"""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import psutil

# Session leaders and when they started.
Sessions = dict[int, float | None]
_NOTE = "server.json"
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


class AirflowNotStarted(RuntimeError):
    """Airflow did not come up; the message says why, and where the log is."""


class AlreadyRunning(AirflowNotStarted):
    """Two servers on one metadata database would take each other's work."""


@dataclass
class Processes:
    """The parts of one server; `mark` is in the environment of each and of whatever they start."""

    mark: str
    url: str
    environment: dict[str, str]
    folder: Path
    sessions: Sessions = field(default_factory=dict)
    _running: "dict[str, subprocess.Popen[bytes]]" = field(default_factory=dict)

    @property
    def log_file(self) -> Path:
        """Return where all parts write what they have to say."""
        return self.folder / "airflow.log"

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
        try:
            for name in ("scheduler", "dag-processor", "triggerer"):
                self._signal(name, signal.SIGTERM)
            self._wait(("scheduler",), _TASKS_MAY_TAKE)
            self._signal("api-server", signal.SIGINT)
            self._wait(tuple(self._running), _THE_REST_MAY_TAKE)
        finally:  # also when somebody is impatient and presses Ctrl-C again
            end(self.alive())
            for part in self._running.values():
                part.wait()
            (self.folder / _NOTE).unlink(missing_ok=True)

    def alive(self) -> list[psutil.Process]:
        """Return the living processes of this server."""
        return alive(self.mark, self.sessions)

    def _start(self, arguments: tuple[str, ...]) -> "subprocess.Popen[bytes]":
        with self.log_file.open("ab") as log:
            part = subprocess.Popen(
                [sys.executable, "-m", "airflow", *arguments],
                env={**self.environment, _MARK: self.mark},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # Ctrl-C in a terminal reaches us alone, and we end the parts in order.
            )
        self.sessions[part.pid] = started_at(part.pid)
        self._leave_note()
        return part

    def _leave_note(self) -> None:
        """Leave a note for the next start, in case this process is killed."""
        note = {"pid": os.getpid(), "started_at": started_at(os.getpid()), "url": self.url, "mark": self.mark}
        (self.folder / _NOTE).write_text(json.dumps({**note, "sessions": self.sessions}))

    def _signal(self, name: str, number: signal.Signals) -> None:
        with suppress(KeyError, ProcessLookupError):
            self._running[name].send_signal(number)

    def _wait(self, names: tuple[str, ...], seconds: float) -> None:
        deadline = time.monotonic() + seconds
        for part in [self._running[name] for name in names if name in self._running]:
            with suppress(subprocess.TimeoutExpired):
                part.wait(max(0.0, deadline - time.monotonic()))


def take_over(folder: Path) -> None:
    """End what a killed server of this folder left; raise `AlreadyRunning` if the server is alive."""
    note = folder / _NOTE
    if note.exists():
        before = json.loads(note.read_text())
        if before["started_at"] == started_at(before["pid"]):
            raise AlreadyRunning(f"Airflow already runs at {before['url']}; stop it first, or use it")
        end(alive(before["mark"], {int(leader): started for leader, started in before["sessions"].items()}))
        note.unlink()


def alive(mark: str, sessions: Sessions) -> list[psutil.Process]:
    """Return every living process of a server, started by us or by its parts.

    Some parts write their title over their environment, so the session in which a process lives counts as well as the
    mark. A session number is not given again while one of its processes lives.
    """
    ours = {leader for leader, started in sessions.items() if started_at(leader) in (None, started)}
    return [process for process in psutil.process_iter() if _belongs(process, mark, ours)]


def end(processes: list[psutil.Process]) -> None:
    """Kill processes and wait until they are gone."""
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            process.kill()
    psutil.wait_procs(processes, timeout=5)


def started_at(pid: int) -> float | None:
    """Return when a process started, or None; with the pid it names a process for good."""
    with suppress(psutil.Error):
        return float(psutil.Process(pid).create_time())
    return None


def _belongs(process: psutil.Process, mark: str, sessions: set[int]) -> bool:
    # Gone, a zombie, or of another user: not ours to end.
    with suppress(psutil.Error, OSError):
        if process.pid != os.getpid() and process.status() != psutil.STATUS_ZOMBIE:
            return os.getsid(process.pid) in sessions or process.environ().get(_MARK) == mark
    return False
