"""One writer at a time: an operating-system lock and a number that only grows.

Airflow's pool of one slot keeps tasks in line but is no lock: a second scheduler, a command by hand or a task
thought dead could still write (apache/airflow#58570).
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager

from warehouse.settings import Settings


@contextmanager
def writer_lock(settings: Settings) -> Iterator[int]:
    """Hold the lock of the network and yield the fencing number; wait while another process holds it."""
    settings.work.mkdir(parents=True, exist_ok=True)
    with (settings.work / "writer.lock").open("a+", encoding="ascii") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        fence = int(file.read().strip() or 0) + 1
        file.seek(0)
        file.truncate()
        file.write(f"{fence}\n")
        file.flush()
        os.fsync(file.fileno())
        yield fence
