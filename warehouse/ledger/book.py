"""The ledger itself: SQLAlchemy Core on SQLite by default, on PostgreSQL by URL when several machines share it.

Entries are only ever appended. Each carries the hash of the one before it, so a changed, removed or inserted
entry breaks the chain; `ledger.head` beside the database remembers the newest hash, so a cut tail shows too.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.exc import IntegrityError

from warehouse.ledger import chain, lookup
from warehouse.ledger.entries import Delivery, Step, digest
from warehouse.ledger.store import ENTRIES, open_store, serialised
from warehouse.settings import Settings


class UnknownDelivery(KeyError):
    """No delivery with this id; `liefernetz deliveries` lists them."""


class Ledger:
    """Read and append; there is no way to change or delete."""

    def __init__(self, engine: Engine, head: Path) -> None:
        """Use `open`; `head` is the file with the newest sequence number and hash."""
        self._engine = engine
        self._head = head

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

    def finish(self, delivery: Delivery, at: datetime) -> None:
        """Record the outcome of a delivery."""
        with self._turn() as connection:
            chain.append(connection, "outcome", delivery.delivery_id, delivery.to_dict(), at, delivery.source)
            lookup.end(connection, delivery.delivery_id)

    def record(self, step: str, subject: str, payload: dict[str, Any], at: datetime) -> None:
        """Record a step of the line that is not a delivery."""
        with self._turn() as connection:
            chain.append(connection, step, subject, payload, at, None)

    def known(self, source: str, arrival_keys: Sequence[str]) -> set[str]:
        """Return those of the arrival keys that have an entry."""
        with self._engine.connect() as connection:
            return lookup.known_keys(connection, source, arrival_keys)

    def unfinished(self, source: str) -> list[Delivery]:
        """Return deliveries that were received and have no outcome, in order of arrival."""
        with self._engine.connect() as connection:
            return [Delivery.from_dict(chain.parse(payload)) for payload in lookup.unfinished(connection, source)]

    def deliveries(self, source: str | None = None, outcome: str | None = None) -> list[Delivery]:
        """Return every delivery as its newest entry says, in order of arrival."""
        query = select(ENTRIES.c.subject, ENTRIES.c.payload).where(ENTRIES.c.step.in_(["received", "outcome"]))
        if source is not None:
            query = query.where(ENTRIES.c.source == source)
        with self._engine.connect() as connection:
            newest: dict[str, str] = dict(connection.execute(query.order_by(ENTRIES.c.seq)).tuples().all())
        found = [Delivery.from_dict(chain.parse(payload)) for payload in newest.values()]
        return [d for d in found if outcome is None or d.outcome == outcome]

    def delivery(self, delivery_id: str) -> Delivery:
        """Return one delivery; raise `UnknownDelivery`."""
        query = select(ENTRIES.c.payload).where(
            ENTRIES.c.subject == delivery_id, ENTRIES.c.step.in_(["received", "outcome"])
        )
        with self._engine.connect() as connection:
            payload = connection.execute(query.order_by(ENTRIES.c.seq.desc()).limit(1)).scalar_one_or_none()
        if payload is None:
            raise UnknownDelivery(f"no delivery {delivery_id}; `liefernetz deliveries` lists them")
        return Delivery.from_dict(chain.parse(payload))

    def steps(self, step: str | None = None, subject: str | None = None) -> list[Step]:
        """Return recorded steps, oldest first."""
        query = select(ENTRIES).where(ENTRIES.c.step.not_in(["received", "outcome"]))
        if step is not None:
            query = query.where(ENTRIES.c.step == step)
        if subject is not None:
            query = query.where(ENTRIES.c.subject == subject)
        with self._engine.connect() as connection:
            rows = connection.execute(query.order_by(ENTRIES.c.seq)).all()
        return [Step(r.step, r.subject, chain.parse(r.payload), datetime.fromisoformat(r.at), r.seq) for r in rows]

    def verify(self) -> list[str]:
        """Recompute the chain; return one sentence per problem, nothing if all entries are as they were written."""
        with self._engine.connect() as connection:
            rows = connection.execute(select(ENTRIES).order_by(ENTRIES.c.seq)).all()
        return chain.problems(rows, self._head)

    def head(self) -> tuple[int, str]:
        """Return sequence number and hash of the newest entry; a release keeps them."""
        with self._engine.connect() as connection:
            return chain.newest(connection)
