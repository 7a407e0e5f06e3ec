"""Small tables beside the chain, so that one more delivery costs the same after ten as after a million.

They hold nothing of their own: which files are known, which deliveries are unfinished, how much somebody sent on a day
and who is spoken of follows from the entries and what landed, and is written in the same transaction.
A ledger from before they existed gets them filled when it is opened.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import BigInteger, Column, Connection, Integer, String, Table, delete, func, insert, select, update

from warehouse.ledger.entries import digest
from warehouse.ledger.store import ENTRIES, METADATA

ARRIVALS = Table(
    "ledger_arrivals",
    METADATA,
    Column("source", String(80), primary_key=True),
    Column("arrival_key", String(64), primary_key=True),
)
UNFINISHED = Table("ledger_unfinished", METADATA, Column("subject", String(200), primary_key=True))
SENT = Table(
    "ledger_sent",
    METADATA,
    Column("sender", String(200), primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("files", Integer, nullable=False),
    Column("size", BigInteger, nullable=False),
)
SUBJECTS = Table(
    "ledger_subjects",
    METADATA,
    Column("source", String(80), primary_key=True),
    Column("subject_key", String(64), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("delivery_id", String(200), nullable=False),
)
_CHUNK = 500
# What a value is compared with: older deliveries of the same subject say nothing new.
_NEWEST = 8


def fill(connection: Connection) -> None:
    """Fill both tables from the entries if they are new and the ledger is not."""
    if (
        connection.execute(select(ARRIVALS).limit(1)).first()
        or not connection.execute(select(ENTRIES).limit(1)).first()
    ):
        return
    query = select(ENTRIES.c.step, ENTRIES.c.subject, ENTRIES.c.source, ENTRIES.c.payload)
    for step, subject, source, payload in connection.execute(query.order_by(ENTRIES.c.seq)).all():
        if step == "received":
            received = json.loads(payload)
            note_arrival(connection, source, received["arrival_key"])
            if received["outcome"] == "received":
                begin(connection, subject)
        elif step == "outcome":
            end(connection, subject)


def note_arrival(connection: Connection, source: str, arrival_key: str) -> None:
    """Remember that this file has an entry."""
    if not known_keys(connection, source, [arrival_key]):
        connection.execute(insert(ARRIVALS).values(source=source, arrival_key=arrival_key))


def begin(connection: Connection, subject: str) -> None:
    """Remember that this delivery has no outcome yet."""
    connection.execute(insert(UNFINISHED).values(subject=subject))


def end(connection: Connection, subject: str) -> None:
    """Forget an unfinished delivery."""
    connection.execute(delete(UNFINISHED).where(UNFINISHED.c.subject == subject))


def count_sent(connection: Connection, sender: str, day: date, size: int) -> tuple[int, int]:
    """Count one more file of a sender on a day; return files and bytes of that day, this one included."""
    mine = (SENT.c.sender == sender[:200]) & (SENT.c.day == day.isoformat())
    before = connection.execute(select(SENT.c.files, SENT.c.size).where(mine)).first()
    if before is None:
        connection.execute(insert(SENT).values(sender=sender[:200], day=day.isoformat(), files=1, size=size))
        return 1, size
    connection.execute(update(SENT).where(mine).values(files=before.files + 1, size=before.size + size))
    return before.files + 1, before.size + size


def note_subjects(connection: Connection, source: str, subjects: Sequence[str], delivery_id: str) -> None:
    """Remember of whom a delivery speaks; by hash, so that nobody's name stands here."""
    if subjects:
        seq = connection.execute(select(func.max(ENTRIES.c.seq))).scalar_one()
        rows = [{"source": source, "subject_key": digest(s), "seq": seq, "delivery_id": delivery_id} for s in subjects]
        connection.execute(insert(SUBJECTS), rows)


def newest_about(connection: Connection, source: str, subjects: Sequence[str]) -> list[str]:
    """Return the ids of the newest deliveries that speak of one of the subjects, each once."""
    found: dict[str, None] = {}
    for subject in subjects:
        mine = (SUBJECTS.c.source == source) & (SUBJECTS.c.subject_key == digest(subject))
        newest = select(SUBJECTS.c.delivery_id).where(mine).order_by(SUBJECTS.c.seq.desc()).limit(_NEWEST)
        found.update(dict.fromkeys(connection.execute(newest).scalars()))
    return list(found)


def known_keys(connection: Connection, source: str, keys: Sequence[str]) -> set[str]:
    """Return those of the keys that have an entry; costs what the keys cost, not what the ledger holds."""
    found: set[str] = set()
    for start in range(0, len(keys), _CHUNK):
        some = keys[start : start + _CHUNK]
        query = select(ARRIVALS.c.arrival_key).where(ARRIVALS.c.source == source, ARRIVALS.c.arrival_key.in_(some))
        found.update(connection.execute(query).scalars())
    return found


def unfinished(connection: Connection, source: str) -> Iterator[str]:
    """Yield the payloads of deliveries without an outcome, in order of arrival."""
    subjects = connection.execute(select(UNFINISHED.c.subject)).scalars().all()
    # By subject alone: with a condition on the step, SQLite would walk through every receipt there ever was.
    query = select(ENTRIES.c.seq, ENTRIES.c.step, ENTRIES.c.source, ENTRIES.c.payload)
    found = [row for s in subjects for row in connection.execute(query.where(ENTRIES.c.subject == s)).all()]
    yield from (row.payload for row in sorted(found) if row.step == "received" and row.source == source)
