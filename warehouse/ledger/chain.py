"""The hash chain: how an entry is hashed, and what shows that one was touched."""

import fcntl
import json
import os
import re
import tempfile
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Connection, Row, insert, select

from warehouse.ledger.entries import canonical, digest
from warehouse.ledger.store import ENTRIES

GENESIS = "0" * 64
_HASHED = ("seq", "at", "step", "subject", "source", "receipt_key", "payload", "previous")


def parse(payload: str) -> dict[str, Any]:
    """Return the payload of an entry."""
    return cast(dict[str, Any], json.loads(payload))


def entry_hash(row: Mapping[str, Any]) -> str:
    """Hash every field of an entry but the hash itself."""
    return digest(canonical([row[name] for name in _HASHED]))


def newest(connection: Connection) -> tuple[int, str]:
    """Return sequence number and hash of the newest entry, or 0 and the genesis hash."""
    row = connection.execute(select(ENTRIES.c.seq, ENTRIES.c.hash).order_by(ENTRIES.c.seq.desc()).limit(1)).first()
    return (row.seq, row.hash) if row else (0, GENESIS)


def append(
    connection: Connection,
    step: str,
    subject: str,
    payload: dict[str, Any],
    at: datetime,
    source: str | None,
    receipt_key: str | None = None,
) -> None:
    """Append an entry that follows the newest one; the caller holds the writers' turn (see `store.serialised`)."""
    seq, previous = newest(connection)
    row: dict[str, Any] = {
        "seq": seq + 1,
        "at": at.isoformat(),
        "step": step,
        "subject": subject,
        "source": source,
        "receipt_key": receipt_key,
        "payload": canonical(payload),
        "previous": previous,
    }
    row["hash"] = entry_hash(row)
    connection.execute(insert(ENTRIES).values(row))


def remember_head(head: Path, seq: int, value: str) -> None:
    """Write the newest hash beside the database, whole or not at all; an older one never replaces a newer one."""
    with (head.parent / ".ledger-head.lock").open("w") as lock:
        # Two writers commit one after the other and may arrive here the other way round.
        fcntl.flock(lock, fcntl.LOCK_EX)
        written = re.match(r"\d+", head.read_text(encoding="ascii", errors="replace")) if head.exists() else None
        if written is None or int(written.group()) < seq:
            _write_head(head, seq, value)


def _write_head(head: Path, seq: int, value: str) -> None:
    handle, name = tempfile.mkstemp(dir=head.parent, prefix=".ledger-head-")
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(f"{seq} {value}\n")
    Path(name).replace(head)


def problems(rows: Sequence[Row[Any]], head: Path) -> list[str]:
    """Return one sentence for each entry that is not as it was written."""
    found: list[str] = []
    previous = GENESIS
    for position, row in enumerate(rows, start=1):
        entry = row._mapping
        if entry["seq"] != position:
            found.append(f"entry {position} is missing; the next one has number {entry['seq']}")
            break
        if entry["previous"] != previous:
            found.append(f"entry {position} does not follow the one before it")
        if entry_hash(dict(entry)) != entry["hash"]:
            found.append(f"entry {position} ({entry['step']} {entry['subject']}) was changed after it was written")
        previous = entry["hash"]
    return found + _head_problems(rows, head)


def _head_problems(rows: Sequence[Row[Any]], head: Path) -> list[str]:
    if not head.exists():
        return ["ledger.head is missing; a cut tail could not be seen"] if rows else []
    remembered = re.fullmatch(r"(\d+) (\w+)\n", head.read_text(encoding="ascii", errors="replace"))
    if remembered is None or int(remembered.group(1)) < 1:
        return ["ledger.head cannot be read; a cut tail could not be seen until the next entry writes it anew"]
    seq, value = int(remembered.group(1)), remembered.group(2)
    if seq > len(rows):
        return [f"entries {len(rows) + 1} to {seq} are missing at the end"]
    if rows[seq - 1]._mapping["hash"] != value:
        return [f"entry {seq} is not the one that ledger.head remembers"]
    return []
