"""What a person decides about a held delivery; the decision stands in the ledger and counts from then on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from ingestion.processing import process
from ingestion.suspicion import JUDGEMENT, accepted, judged, keep_decision, refused
from ingestion.unit_slips import subjects_of
from warehouse.ledger import Delivery, Ledger, Reason
from warehouse.settings import Settings


class NotHeld(ValueError):
    """The delivery is not held, so there is nothing to decide; the message says what it is."""


def decide(
    settings: Settings, ledger: Ledger, delivery_id: str, accept: bool, by: str, why: str, at: datetime
) -> Delivery:
    """Accept or refuse a held delivery and return it with its new outcome.

    The decision counts for the same suspicion again. An accepted snapshot becomes the last good one. A delivery that
    is held before it was read, or because the intake failed, has no rows yet: accepting it means to read it now.
    """
    delivery = ledger.delivery(delivery_id)
    if delivery.outcome != "held":
        raise NotHeld(f"delivery {delivery_id} is {delivery.outcome}, not held; nothing was changed")
    decision = Reason("accepted_by_person" if accept else "refused_by_person", f"{by}: {why}", "nothing to do")
    for subject, payload in keep_decision(ledger, delivery, accept):
        ledger.record(JUDGEMENT, subject, {**payload, "by": by, "why": why}, at)
    decided = accepted(settings, delivery, decision) if accept else refused(delivery, decision)
    if decided.outcome == "held":
        read = process(settings, ledger, replace(delivery, outcome="received", reasons=()))
        decided = judged(settings, ledger, read)
    ledger.record("decision", delivery_id, {"accept": accept, "by": by, "why": why, "outcome": decided.outcome}, at)
    ledger.finish(decided, at, subjects_of(settings, decided))
    return decided
