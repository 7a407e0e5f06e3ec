"""What the tests of the intake share: putting files into an inbox, and what a whole home amounts to."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import duckdb

from ingestion.intake import drain
from tests.conftest import AT
from warehouse.ledger import ACCEPTED, Delivery, Ledger
from warehouse.settings import Settings

ANSWERS = "entity_id,question_id,value,unit,value_state,data_tier,period_start,period_end"
REQUESTS = "request_id,entity_id,period_start,period_end,sent_at"
CERTIFICATES = "certificate_id,standard_id,holder_id,status,valid_from,valid_to,retrieved_at"
_SETTLED = 1_700_000_000


def put(settings: Settings, source: str, name: str, content: str, sender: str = "office", place: int = 0) -> Path:
    """Put a file that has stood still for long into the inbox; `place` orders them."""
    folder = settings.inbox / source / sender
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(content, encoding="utf-8")
    os.utime(path, (_SETTLED + place, _SETTLED + place))
    return path


def send(settings: Settings, source: str, name: str, content: str, sender: str = "office") -> Delivery:
    """Put one file and take it in; return what became of it."""
    put(settings, source, name, content, sender)
    return drain(settings, source, AT)[-1]


def answers(year: int, *values: str, entity: str = "C1", unit: str = "t") -> str:
    """Return a file with one answer per value, to the questions q0, q1 and so on."""
    period = f"{year}-01-01,{year}-12-31"
    rows = [f"{entity},q{n},{value},{unit},value,2,{period}" for n, value in enumerate(values)]
    return "\n".join([ANSWERS, *rows, ""])


def register(rows: int, retrieved: str, holder: str = "C") -> str:
    """Return a register of certificates."""
    row = "certificate-{0},ISO14001,{2}{0},valid,2024-01-01,2026-01-01,{1}"
    return "\n".join([CERTIFICATES, *(row.format(n, retrieved, holder) for n in range(rows)), ""])


def codes(delivery: Delivery) -> list[str]:
    """Return the reason codes of a delivery in their order."""
    return [reason.code for reason in delivery.reasons]


def landed_rows(settings: Settings) -> list[str]:
    """Return every accepted row of a home as text, without the delivery it came with, sorted."""
    found: list[str] = []
    for delivery in Ledger.open(settings).deliveries():
        for table in delivery.tables if delivery.outcome in ACCEPTED else ():
            path = str(settings.home / table.path)
            sql = "select * exclude (delivery_id) from read_parquet(?)"
            found += [f"{table.table} {row}" for row in duckdb.execute(sql, [path]).fetchall()]
    return sorted(found)


def outcomes(deliveries: Iterable[Delivery]) -> dict[str, tuple[str, int, int, tuple[str, ...]]]:
    """Return outcome, counts and codes by hash of the content; repeated deliveries are left out."""
    return {
        d.sha256: (d.outcome, d.rows_accepted, d.rows_quarantined, tuple(sorted(codes(d))))
        for d in deliveries if d.outcome != "duplicate"
    }  # fmt: skip
