"""The ledger itself: SQLAlchemy Core on SQLite by default, on PostgreSQL by URL when several machines share it.

Entries are only ever appended. Each carries the hash of the one before it, so a changed, removed or inserted
entry breaks the chain; `ledger.head` beside the database remembers the newest hash, so a cut tail shows too.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, select
from sqlalchemy.exc import IntegrityError

from warehouse.ledger import chain, lookup
from warehouse.ledger.entries import Delivery, digest
from warehouse.ledger.reading import LedgerReading
from warehouse.ledger.store import ENTRIES, open_store, serialised
from warehouse.settings import Settings


class Ledger(LedgerReading):
    """Read and append; there is no way to change or delete."""

    @classmethod
    def open(cls, settings: Settings) -> "Ledger":
        """Open, and create on first use."""
        settings.home.mkdir(parents=True, exist_ok=True)
        engine = open_store(settings.ledger_url)
        with serialised(engine) as connection:
            lookup.fill(connection)
        return cls(engine, settings.home / "ledger.head")

    @contextmanager
    def _turn(self) -> Iterator[Connection]:
        """Yield a connection that alone may write; what it wrote is committed, then its head remembered."""
        with serialised(self._engine) as connection:
            yield connection
            head = chain.newest(connection)
        # After the commit: a head that lags behind is caught up by the next entry, one that runs ahead would be a lie.
        chain.remember_head(self._head, *head)

    def receive(
        self, source: str, sender: str, file_name: str, arrival_key: str, sha256: str, size: int, received_at: datetime
    ) -> Delivery:
        """Record an arrival; the same bytes for the same source again become a `duplicate` with an id of its own."""
        first_id = digest(source, sha256, str(size))[:16]
        delivery = Delivery(first_id, source, sender, file_name, sha256, size, received_at, arrival_key=arrival_key)
        with suppress(IntegrityError):
            with self._turn() as connection:
                files, sent = lookup.count_sent(connection, sender, received_at.date(), size)
                delivery = replace(delivery, sender_files=files, sender_bytes=sent)
                chain.append(
                    connection, "received", first_id, delivery.to_dict(), received_at, source, receipt_key=first_id
                )
                lookup.note_arrival(connection, source, arrival_key)
                lookup.begin(connection, first_id)
            return delivery
        return self._receive_again(delivery)

    def _receive_again(self, first: Delivery) -> Delivery:
        with self._turn() as connection:
            # A range, not LIKE: it can use the index. "/" follows "." in every collation that matters here.
            mine = ENTRIES.c.subject.between(f"{first.delivery_id}.", f"{first.delivery_id}/")
            counted = select(func.count(ENTRIES.c.subject.distinct())).where(mine)
            again = connection.execute(counted).scalar_one()
            delivery = replace(
                first,
                delivery_id=f"{first.delivery_id}.{again + 2}",
                outcome="duplicate",
                duplicate_of=first.delivery_id,
            )
            chain.append(
                connection, "received", delivery.delivery_id, delivery.to_dict(), first.received_at, first.source
            )
            lookup.note_arrival(connection, first.source, first.arrival_key)
        return delivery

    def finish(self, delivery: Delivery, at: datetime, subjects: Sequence[str] = ()) -> None:
        """Record the outcome of a delivery, and of whom it speaks (see `about`)."""
        with self._turn() as connection:
            chain.append(connection, "outcome", delivery.delivery_id, delivery.to_dict(), at, delivery.source)
            lookup.end(connection, delivery.delivery_id)
            lookup.note_subjects(connection, delivery.source, subjects, delivery.delivery_id)

    def record(self, step: str, subject: str, payload: dict[str, Any], at: datetime) -> None:
        """Record a step of the line that is not a delivery."""
        with self._turn() as connection:
            chain.append(connection, step, subject, payload, at, None)
