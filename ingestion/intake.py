"""The intake: everything that waits in the inbox of a source gets one entry in the ledger, with outcome and reason.

Draining twice changes nothing, draining in parallel changes nothing: one drain at a time per source, and what a killed
drain left as `received` is taken up again from the archive.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from ingestion.declarations import declarations
from ingestion.inbox import Arrival, arrivals
from ingestion.processing import process
from ingestion.reader import reader_of
from warehouse.archive import NotAFile, store
from warehouse.ledger import Delivery, Ledger, Reason
from warehouse.settings import Settings

Progress = Callable[[Delivery], None]
_REFUSED_KINDS = {
    "link": ("rejected", "a symbolic link", "put the file itself into the inbox"),
    "pipe": ("rejected", "a named pipe", "put a plain file into the inbox"),
    "device": ("rejected", "a device or socket", "put a plain file into the inbox"),
    "folder": ("ignored", "a folder inside a sender's folder", "put the files directly into the sender's folder"),
}


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
    """Process everything that waits for every source."""
    return [delivery for source in declarations() for delivery in drain(settings, source, at, progress)]


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
        taken = _take(settings, ledger, source, arrival, at or datetime.now(UTC))
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
        for delivery in received:
            running.append(pool.submit(_finish, settings, ledger, delivery, at))
            while len(running) > 2 * workers:
                yield running.popleft().result()
        for future in running:
            yield future.result()


def intake_workers() -> int:
    """Return how many deliveries of one source are read at once: `LIEFERNETZ_INTAKE_WORKERS`, or up to four."""
    return int(os.environ.get("LIEFERNETZ_INTAKE_WORKERS", min(4, os.cpu_count() or 1)))


def _take(settings: Settings, ledger: Ledger, source: str, arrival: Arrival, at: datetime) -> Delivery | None:
    if arrival.kind in _REFUSED_KINDS:
        return _refuse_kind(ledger, source, arrival, arrival.kind, at)
    try:
        stored = store(settings, arrival.path)
    except FileNotFoundError:  # taken away again before we copied it: nothing was delivered
        return None
    except NotAFile:  # replaced by a link or pipe since we looked
        return _refuse_kind(ledger, source, arrival, "device", at)
    delivery = ledger.receive(source, arrival.sender, arrival.file_name, arrival.key, stored.sha256, stored.size, at)
    if delivery.outcome == "duplicate":
        reason = Reason(
            "duplicate", f"the same bytes as delivery {delivery.duplicate_of}; nothing changed", "nothing to do"
        )
        delivery = replace(delivery, reasons=(reason,))
        ledger.finish(delivery, at)
    return delivery


def _refuse_kind(ledger: Ledger, source: str, arrival: Arrival, kind: str, at: datetime) -> Delivery:
    outcome, what, fix = _REFUSED_KINDS[kind]
    # It has no bytes that we would read; its place and kind identify the entry.
    identity = hashlib.sha256(f"{kind} {arrival.key}".encode()).hexdigest()
    delivery = ledger.receive(source, arrival.sender, arrival.file_name, arrival.key, identity, 0, at)
    if delivery.outcome == "received":
        reason = Reason("not_a_file", f"{arrival.file_name!r} is {what}; nothing was read", fix)
        delivery = replace(delivery, outcome=outcome, reasons=(reason,))
        ledger.finish(delivery, at)
    return delivery


def _finish(settings: Settings, ledger: Ledger, delivery: Delivery, at: datetime | None) -> Delivery:
    if delivery.outcome != "received":
        return delivery
    finished = process(settings, ledger, delivery)
    ledger.finish(finished, at or datetime.now(UTC))
    return finished
