"""What a person decides about a held delivery; the decision stands in the ledger and counts from then on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import duckdb

from ingestion.column_sql import quoted
from ingestion.declarations import declarations
from ingestion.landing import period_sql
from ingestion.processing import process
from warehouse.archive import file_sha256
from warehouse.ledger import Delivery, LandedTable, Ledger, Reason
from warehouse.settings import Settings


class NotHeld(ValueError):
    """The delivery is not held, so there is nothing to decide; the message says what it is."""


def decide(
    settings: Settings, ledger: Ledger, delivery_id: str, accept: bool, by: str, why: str, at: datetime
) -> Delivery:
    """Accept or refuse a held delivery and return it with its new outcome.

    An accepted snapshot becomes the last good one, so the next is compared with it. A delivery that is held because
    the intake failed has no rows yet: accepting it means to try again.
    """
    delivery = ledger.delivery(delivery_id)
    if delivery.outcome != "held":
        raise NotHeld(f"delivery {delivery_id} is {delivery.outcome}, not held; nothing was changed")
    decision = Reason("accepted_by_person" if accept else "refused_by_person", f"{by}: {why}", "nothing to do")
    if not accept:
        decided = replace(delivery, outcome="rejected", reasons=(decision, *delivery.reasons))
    elif tables := _landed(settings, delivery):
        outcome = "partly_quarantined" if delivery.rows_quarantined else "accepted_with_warnings"
        periods = _periods(settings, delivery, tables[0])
        reasons = (decision, *delivery.reasons)
        decided = replace(delivery, outcome=outcome, tables=tables, periods=periods, reasons=reasons)
    else:
        decided = process(settings, ledger, replace(delivery, outcome="received", reasons=()))
    ledger.record("decision", delivery_id, {"accept": accept, "by": by, "why": why, "outcome": decided.outcome}, at)
    ledger.finish(decided, at)
    return decided


def _landed(settings: Settings, delivery: Delivery) -> tuple[LandedTable, ...]:
    if delivery.format is None:
        return ()
    table = declarations()[delivery.source].formats[delivery.format].table
    path = settings.landing / delivery.source / delivery.delivery_id / f"{table}.parquet"
    if not path.exists():
        return ()
    place = str(path.relative_to(settings.home))
    return (LandedTable(table, place, file_sha256(path), delivery.rows_accepted),)


def _periods(settings: Settings, delivery: Delivery, landed: LandedTable) -> tuple[str, ...]:
    sql = period_sql(declarations()[delivery.source].tables[landed.table])
    if sql is None:
        return ()
    with duckdb.connect() as connection:
        file = quoted(str(settings.home / landed.path))
        rows = connection.execute(f"select distinct {sql} as period from read_parquet({file}) order by 1").fetchall()
    return tuple(str(row[0]) for row in rows if row[0] is not None)
