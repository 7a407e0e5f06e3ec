"""What is held until a person decides: floods, registers from the future, slips of the unit, shrunken registers.

A decision is kept under what the suspicion is about. The same suspicion again, in another file too, needs nobody.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from datetime import timedelta

from ingestion.landing_again import landed, periods
from ingestion.unit_slips import unit_slips
from warehouse.ledger import ACCEPTED, Delivery, Ledger, Reason
from warehouse.ledger.entries import digest
from warehouse.settings import Settings

JUDGEMENT = "judgement"
# The publisher's day may have begun before ours.
_TOLERATED = timedelta(days=1)


@dataclass(frozen=True)
class DailyLimits:
    """How much one sender may send on one UTC day before somebody looks."""

    files: int = 20_000
    size: int = 20 << 30


def daily_limits() -> DailyLimits:
    """Return the limits; `LIEFERNETZ_SENDER_FILES_PER_DAY` and `LIEFERNETZ_SENDER_MB_PER_DAY` change them."""
    default = DailyLimits()
    return DailyLimits(
        int(os.environ.get("LIEFERNETZ_SENDER_FILES_PER_DAY", default.files)),
        int(os.environ.get("LIEFERNETZ_SENDER_MB_PER_DAY", default.size >> 20)) << 20,
    )


def flood(ledger: Ledger, delivery: Delivery) -> Reason | None:
    """Return why this delivery is held before it is read: its sender sent more today than agreed."""
    limits = daily_limits()
    if delivery.sender_files <= limits.files and delivery.sender_bytes <= limits.size:
        return None
    day = delivery.received_at.date().isoformat()
    reason = Reason(
        "flood",
        f"delivery {delivery.sender_files} of {delivery.sender!r} on {day}, {delivery.sender_bytes >> 20} MB in all; "
        f"agreed are {limits.files} deliveries and {limits.size >> 20} MB a day",
        "ask the network office to release the day, or send fewer and larger files",
        about=digest("flood", delivery.sender, day),
    )
    return None if _decided(ledger, reason) is True else reason


def judged(settings: Settings, ledger: Ledger, delivery: Delivery) -> Delivery:
    """Return the delivery as it is, or held for what is suspicious in it, or as a person decided the same before."""
    found = [reason for reason in delivery.reasons if reason.about and delivery.outcome == "held"]
    if delivery.outcome in ACCEPTED:
        found += [*_dated_ahead(delivery), *unit_slips(settings, ledger, delivery)]
    if not found:
        return delivery
    if any(reason.code == "dated_ahead" for reason in found):
        # If it is released, it counts as of the day it came, or every true snapshot would be too old for it.
        delivery = replace(delivery, snapshot_at=delivery.received_at.date())
    others = tuple(reason for reason in delivery.reasons if reason not in found)
    held = replace(delivery, outcome="held", tables=(), periods=(), reasons=(*found, *others))
    verdicts = [_decided(ledger, reason) for reason in found]
    if False in verdicts:
        return refused(held, Reason("refused_by_person", "the same suspicion was refused before", "nothing to do"))
    if None in verdicts:
        return held
    return accepted(settings, held, Reason("accepted_by_person", "the same was released before", "nothing to do"))


def keep_decision(ledger: Ledger, delivery: Delivery, accept: bool) -> list[tuple[str, dict[str, object]]]:
    """Return the entries that let a decision count for the same suspicion again: subject and payload."""
    return [
        (reason.about, {"accept": accept, "code": reason.code, "delivery_id": delivery.delivery_id})
        for reason in delivery.reasons
        if reason.about is not None and _decided(ledger, reason) is not accept
    ]


def accepted(settings: Settings, delivery: Delivery, decision: Reason) -> Delivery:
    """Return a held delivery that has landed as accepted; without landed rows it stays as it is."""
    tables = landed(settings, delivery)
    if not tables:
        return delivery
    outcome = "partly_quarantined" if delivery.rows_quarantined else "accepted_with_warnings"
    reasons, years = (decision, *delivery.reasons), periods(settings, delivery, tables[0])
    return replace(delivery, outcome=outcome, tables=tables, periods=years, reasons=reasons)


def refused(delivery: Delivery, decision: Reason) -> Delivery:
    """Return a held delivery as rejected."""
    return replace(delivery, outcome="rejected", reasons=(decision, *delivery.reasons))


def _dated_ahead(delivery: Delivery) -> list[Reason]:
    today = delivery.received_at.date()
    if delivery.snapshot_at is None or delivery.snapshot_at <= today + _TOLERATED:
        return []
    return [
        Reason(
            "dated_ahead",
            f"the register says it is of {delivery.snapshot_at}, and came on {today}",
            "correct the dates and send it again; a register from the future would outlive all that follow",
            about=digest("dated_ahead", delivery.source, delivery.sender, delivery.snapshot_at.isoformat()),
        )
    ]


def _decided(ledger: Ledger, reason: Reason) -> bool | None:
    """Return what a person last decided about the same suspicion; None if nobody has."""
    if reason.about is None:
        return None
    made = ledger.steps(JUDGEMENT, reason.about)
    return bool(made[-1].payload["accept"]) if made else None
