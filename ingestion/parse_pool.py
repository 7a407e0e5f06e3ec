"""Parse servers that wait for work: one per thread that reads deliveries, started when first needed."""

from __future__ import annotations

import atexit
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, LifoQueue
from typing import Any

_PROJECT = Path(__file__).resolve().parent.parent


class ParseServer:
    """One running server; it takes one job at a time."""

    def __init__(self) -> None:
        """Start the process with a minimal environment: no secrets, no proxies, one thread."""
        self._folder = tempfile.TemporaryDirectory(prefix="liefernetz-parse-")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "ingestion.parse_server"],
            cwd=self._folder.name, env=_environment(self._folder.name), text=True, start_new_session=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def run(self, job: Path, errors: Path, wall_seconds: float) -> dict[str, Any] | None:
        """Return `code` and `timeout` of one child; None if the server itself has ended."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        order = {"job": str(job), "errors": str(errors), "wall_seconds": wall_seconds}
        try:
            self.process.stdin.write(json.dumps(order) + "\n")
            self.process.stdin.flush()
            answer = self.process.stdout.readline()
        except BrokenPipeError:
            return None
        found: dict[str, Any] | None = json.loads(answer) if answer else None
        return found

    def close(self) -> None:
        """End the process: closing its input is the signal."""
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait()
        self._folder.cleanup()


_idle: dict[int, LifoQueue[ParseServer]] = {}


@contextmanager
def parse_server() -> Iterator[ParseServer]:
    """Yield a server of this process; a process forked from us starts its own, because pipes cannot be shared."""
    if os.getpid() not in _idle:
        _idle.clear()
        _idle[os.getpid()] = LifoQueue()
        atexit.register(close_servers)
    waiting = _idle[os.getpid()]
    try:
        server = waiting.get_nowait()
    except Empty:
        server = ParseServer()
    try:
        yield server
    except BaseException:
        server.process.kill()  # it may be in the middle of a job
        raise
    if server.process.poll() is None:
        waiting.put(server)


def close_servers() -> None:
    """End the idle servers of this process; the next delivery starts one anew."""
    waiting = _idle.get(os.getpid())
    while waiting is not None and not waiting.empty():
        waiting.get().close()


def _environment(private: str) -> dict[str, str]:
    return {
        "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "TZ": "UTC", "HOME": private, "TMPDIR": private,
        "PYTHONPATH": str(_PROJECT), "PYTHONSAFEPATH": "1", "PYTHONDONTWRITEBYTECODE": "1",
        "ARROW_DEFAULT_MEMORY_POOL": "system", "OMP_NUM_THREADS": "1", "MALLOC_ARENA_MAX": "2",
    }  # fmt: skip
