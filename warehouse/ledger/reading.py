"""What the ledger answers: deliveries as their newest entries say, steps, and whether the chain holds."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine, select

from warehouse.ledger import chain, lookup
from warehouse.ledger.entries import ACCEPTED, Delivery, Step
from warehouse.ledger.store import ENTRIES


class UnknownDelivery(KeyError):
    """No delivery with this id; `liefernetz deliveries` lists them."""


class LedgerReading:
    """The reading half of the ledger."""

    def __init__(self, engine: Engine, head: Path) -> None:
        """Use `Ledger.open`; `head` is the file with the newest sequence number and hash."""
        self._engine = engine
        self._head = head

    def known(self, source: str, arrival_keys: Sequence[str]) -> set[str]:
        """Return those of the arrival keys that have an entry."""
        with self._engine.connect() as connection:
            return lookup.known_keys(connection, source, arrival_keys)

    def about(self, source: str, subjects: Sequence[str]) -> list[Delivery]:
        """Return the newest accepted deliveries of a source that speak of one of these subjects."""
        with self._engine.connect() as connection:
            found = lookup.newest_about(connection, source, subjects)
        return [d for d in map(self.delivery, found) if d.outcome in ACCEPTED]

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
