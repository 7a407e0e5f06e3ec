"""What counts right now: the accepted deliveries of which a candidate is built."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from warehouse.identity.decisions import Decision, standing
from warehouse.ledger import ACCEPTED, Delivery, LandedTable, Ledger
from warehouse.ledger.entries import digest

CATALOGUE_VERSION = "1.0.0"


@dataclass(frozen=True)
class Snapshot:
    """The deliveries that count, their landed tables, what people decided on who is who; and one name for the whole."""

    snapshot_id: str
    deliveries: tuple[Delivery, ...]
    tables: tuple[LandedTable, ...]
    as_of: datetime
    decisions: tuple[Decision, ...] = ()


def current_snapshot(ledger: Ledger, code_digest: str = "") -> Snapshot:
    """Return the accepted deliveries that count.

    Most sources add up. A source with snapshots replaces: of each sender and table only the newest snapshot counts.
    `code_digest` names the models and the policy, so that a changed formula gives a new snapshot.
    """
    accepted = [d for d in ledger.deliveries() if d.outcome in ACCEPTED]
    newest = _newest_snapshots(accepted)
    kept: list[Delivery] = []
    tables: list[LandedTable] = []
    for delivery in sorted(accepted, key=lambda d: d.delivery_id):
        counting = [t for t in delivery.tables if _counts(delivery, t, newest)]
        if counting or not delivery.tables:
            kept.append(delivery)
            tables.extend(counting)
    parts = [f"{t.table} {t.path} {t.sha256}" for t in tables]
    said = tuple(standing(ledger))
    parts += [f"{d.subject} {d.said} {d.why}" for d in said]
    as_of = max((d.received_at for d in kept), default=datetime(1970, 1, 1, tzinfo=UTC))
    return Snapshot(
        digest(CATALOGUE_VERSION, code_digest, *sorted(parts))[:16], tuple(kept), tuple(tables), as_of, said
    )


_Key = tuple[str, str, str]
_Age = tuple[date, datetime, str]


def _newest_snapshots(accepted: list[Delivery]) -> dict[_Key, _Age]:
    newest: dict[_Key, _Age] = {}
    for delivery in accepted:
        if delivery.snapshot_at is None:
            continue
        for table in delivery.tables:
            key, age = _key(delivery, table), _age(delivery)
            if key not in newest or age > newest[key]:
                newest[key] = age
    return newest


def _counts(delivery: Delivery, table: LandedTable, newest: dict[_Key, _Age]) -> bool:
    return delivery.snapshot_at is None or newest[_key(delivery, table)] == _age(delivery)


def _key(delivery: Delivery, table: LandedTable) -> _Key:
    return (delivery.source, delivery.sender, table.table)


def _age(delivery: Delivery) -> _Age:
    assert delivery.snapshot_at is not None
    return (delivery.snapshot_at, delivery.received_at, delivery.delivery_id)
