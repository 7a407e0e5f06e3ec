"""One arrival from the inbox into archive and ledger: the bytes are kept, and every thing gets its one entry.

What is no file, is larger than agreed, or lies where no source is declared is refused here, with what to do.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import replace
from datetime import datetime
from functools import partial

from ingestion.declarations import declarations
from ingestion.inbox import Arrival, strays
from warehouse.archive import NotAFile, TooLarge, store
from warehouse.ledger import Delivery, Ledger, Reason
from warehouse.settings import Settings

# The name under which the ledger keeps what lies beside the folders of the sources.
UNDECLARED = "undeclared"
_REFUSED_KINDS = {
    "link": ("rejected", "a symbolic link", "put the file itself into the inbox"),
    "pipe": ("rejected", "a named pipe", "put a plain file into the inbox"),
    "device": ("rejected", "a device or socket", "put a plain file into the inbox"),
    "folder": ("ignored", "a folder inside a sender's folder", "put the files directly into the sender's folder"),
}


def largest_delivery() -> int:
    """Return the most bytes of one delivery; `LIEFERNETZ_DELIVERY_MB` changes the default of 4 GB."""
    return int(os.environ.get("LIEFERNETZ_DELIVERY_MB", "4096")) << 20


def take(settings: Settings, ledger: Ledger, source: str, arrival: Arrival, at: datetime) -> Delivery | None:
    """Archive an arrival and give it its entry; None if it was taken away again before we copied it."""
    if arrival.kind in _REFUSED_KINDS:
        return _refuse_kind(ledger, source, arrival, arrival.kind, at)
    try:
        stored = store(settings, arrival.path, largest_delivery())
    except FileNotFoundError:  # nothing was delivered
        return None
    except NotAFile:  # replaced by a link or pipe since we looked
        return _refuse_kind(ledger, source, arrival, "device", at)
    except TooLarge as error:
        reason = Reason("too_large", str(error), "send the table in smaller files")
        return _refuse_unread(ledger, source, arrival, "rejected", reason, at)
    delivery = ledger.receive(source, arrival.sender, arrival.file_name, arrival.key, stored.sha256, stored.size, at)
    if delivery.outcome == "duplicate":
        reason = Reason(
            "duplicate", f"the same bytes as delivery {delivery.duplicate_of}; nothing changed", "nothing to do"
        )
        delivery = replace(delivery, reasons=(reason,))
        ledger.finish(delivery, at)
    return delivery


def take_strays(settings: Settings, ledger: Ledger, at: datetime) -> list[Delivery]:
    """Give an entry to everything that lies beside the folders of the declared sources; its bytes are archived."""
    done = []
    for arrival in strays(settings, set(declarations()), partial(ledger.known, UNDECLARED)):
        delivery = take(settings, ledger, UNDECLARED, arrival, at)
        if delivery is not None and delivery.outcome == "received":
            known = ", ".join(f"inbox/{source}" for source in declarations())
            where = f"inbox/{arrival.sender}" if arrival.sender else "inbox"
            reason = Reason("undeclared_source", f"{where} belongs to no declared source; nothing was read",
                            f"put the file into one of {known}")  # fmt: skip
            delivery = replace(delivery, outcome="rejected", reasons=(reason,))
            ledger.finish(delivery, at)
        done += [delivery] if delivery is not None else []
    return done


def _refuse_kind(ledger: Ledger, source: str, arrival: Arrival, kind: str, at: datetime) -> Delivery:
    outcome, what, fix = _REFUSED_KINDS[kind]
    reason = Reason("not_a_file", f"{arrival.file_name!r} is {what}; nothing was read", fix)
    return _refuse_unread(ledger, source, arrival, outcome, reason, at, kind)


def _refuse_unread(
    ledger: Ledger, source: str, arrival: Arrival, outcome: str, reason: Reason, at: datetime, kind: str = "file"
) -> Delivery:
    # There are no bytes that we would read; its place and kind identify the entry.
    identity = hashlib.sha256(f"{kind} {arrival.key}".encode()).hexdigest()
    delivery = ledger.receive(source, arrival.sender, arrival.file_name, arrival.key, identity, 0, at)
    if delivery.outcome == "received":
        delivery = replace(delivery, outcome=outcome, reasons=(reason,))
        ledger.finish(delivery, at)
    return delivery
