"""The intake: everything that waits in the inbox of a source gets one entry in the ledger, with outcome and reason.

Draining twice changes nothing, draining in parallel changes nothing: one drain at a time per source, and what a killed
drain left as `received` is taken up again from the archive.
"""

from __future__ import annotations

import fcntl
import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from ingestion.declarations import declarations
from ingestion.inbox import arrivals
from ingestion.processing import process
from ingestion.reader import reader_of
from ingestion.suspicion import flood, judged
from ingestion.taking import UNDECLARED, take, take_strays
from ingestion.unit_slips import subjects_of
from warehouse.ledger import Delivery, Ledger
from warehouse.settings import Settings

Progress = Callable[[Delivery], None]


def drain(
    settings: Settings, source: str, at: datetime | None = None, progress: Progress | None = None
) -> list[Delivery]:
    """Process everything that waits for one source; return what became of each delivery, in order."""
    if source not in declarations():
        raise ValueError(f"no source {source!r}; declared are {', '.join(declarations())}")
    done: list[Delivery] = []
    with _one_at_a_time(settings, source):
        ledger = Ledger.open(settings)
        for delivery in _finished(settings, ledger, source, _received(settings, ledger, source, at), at):
            done.append(delivery)
            if progress is not None:
                progress(delivery)
    return done


def drain_all(settings: Settings, at: datetime | None = None, progress: Progress | None = None) -> list[Delivery]:
    """Process everything that waits for every source, and give an entry to what lies where nothing is declared."""
    with _one_at_a_time(settings, UNDECLARED):
        astray = take_strays(settings, Ledger.open(settings), at or datetime.now(UTC))
    if progress is not None:
        for delivery in astray:
            progress(delivery)
    return astray + [delivery for source in declarations() for delivery in drain(settings, source, at, progress)]


def waiting(settings: Settings) -> list[Path]:
    """Return the files that have no entry in the ledger yet."""
    ledger = Ledger.open(settings)
    return [a.path for source in declarations() for a in arrivals(settings, source, partial(ledger.known, source))]


@contextmanager
def _one_at_a_time(settings: Settings, source: str) -> Iterator[None]:
    settings.work.mkdir(parents=True, exist_ok=True)
    with (settings.work / f"intake.{source}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # the operating system lets go when the process ends, however it ends
        yield


def _received(settings: Settings, ledger: Ledger, source: str, at: datetime | None) -> Iterator[Delivery]:
    """Yield what a killed drain left, then what waits in the inbox, each with its entry in the ledger."""
    yield from ledger.unfinished(source)
    for arrival in arrivals(settings, source, partial(ledger.known, source)):
        taken = take(settings, ledger, source, arrival, at or datetime.now(UTC))
        if taken is not None:
            yield taken


def _finished(
    settings: Settings, ledger: Ledger, source: str, received: Iterator[Delivery], at: datetime | None
) -> Iterator[Delivery]:
    """Yield each delivery with its outcome, in order of arrival, several at a time."""
    # A snapshot is compared with the one before it, so that one must be finished first.
    workers = 1 if reader_of(source).snapshots else intake_workers()
    with ThreadPoolExecutor(workers, thread_name_prefix=f"intake-{source}") as pool:
        running: deque[Future[Delivery]] = deque()
        last: Future[Delivery] | None = None
        for delivery in received:
            last = pool.submit(_finish, settings, ledger, delivery, at, last)
            running.append(last)
            while len(running) > 2 * workers:
                yield running.popleft().result()
        for future in running:
            yield future.result()


def intake_workers() -> int:
    """Return how many deliveries of one source are read at once: `LIEFERNETZ_INTAKE_WORKERS`, or up to four."""
    return int(os.environ.get("LIEFERNETZ_INTAKE_WORKERS", min(4, os.cpu_count() or 1)))


def _finish(
    settings: Settings, ledger: Ledger, delivery: Delivery, at: datetime | None, before: Future[Delivery] | None
) -> Delivery:
    if delivery.outcome != "received":
        return delivery
    if suspicious := flood(ledger, delivery):
        finished = replace(delivery, outcome="held", reasons=(suspicious,))
    else:
        finished = process(settings, ledger, delivery)
    if before is not None:
        # What is compared with earlier values must find them: read side by side, judged one after the other.
        wait([before])
    finished = judged(settings, ledger, finished)
    ledger.finish(finished, at or datetime.now(UTC), subjects_of(settings, finished))
    return finished
