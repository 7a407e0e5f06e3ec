"""One more delivery in a ledger that holds many: milliseconds at the end of the curve by those at its start."""

import hashlib
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from warehouse.ledger import Delivery, Ledger, chain, lookup
from warehouse.ledger.store import serialised
from warehouse.settings import Settings

AT = datetime(2026, 1, 1, tzinfo=UTC)
_TRIED = 50


def filled(folder: Path, entries: int) -> Ledger:
    """Return a ledger with this many finished deliveries, written in one transaction."""
    ledger = Ledger.open(Settings(folder, f"sqlite:///{folder / 'ledger.sqlite'}"))
    with serialised(ledger._engine) as connection:
        for number in range(entries):
            sha256 = hashlib.sha256(str(number).encode()).hexdigest()
            delivery = Delivery(sha256[:16], "bench", "s", "f", sha256, 1, AT, outcome="accepted", arrival_key=sha256)
            chain.append(connection, "received", sha256[:16], delivery.to_dict(), AT, "bench", sha256[:16])
            lookup.note_arrival(connection, "bench", sha256)
        head = chain.newest(connection)
    chain.remember_head(ledger._head, *head)
    return ledger


def milliseconds(ledger: Ledger) -> float:
    """Return what one more delivery costs the ledger: looked for, received, finished, and what is left looked for."""
    begun = time.perf_counter()
    for number in range(_TRIED):
        sha256 = hashlib.sha256(f"new {number}".encode()).hexdigest()
        assert not ledger.known("bench", [sha256])
        delivery = ledger.receive("bench", "s", "f", sha256, sha256, 1, AT)
        ledger.finish(replace(delivery, outcome="accepted"), AT)
        assert not ledger.unfinished("bench")
    return (time.perf_counter() - begun) / _TRIED * 1000


def curve(folder: Path, most: int) -> dict[str, object]:
    """Compare the ends of the curve."""
    points = {entries: milliseconds(filled(folder / str(entries), entries)) for entries in (10, 1_000, most)}
    return {
        "what": f"one more delivery after {most:,}", "ratio": round(points[most] / points[10], 2), "to": "the same after 10",
        "milliseconds": {entries: round(spent, 2) for entries, spent in points.items()},
    }  # fmt: skip
