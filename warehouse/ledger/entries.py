"""What the ledger keeps: deliveries with reasons, and steps of the line."""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any

ACCEPTED = ("accepted", "accepted_with_warnings", "partly_quarantined")
OUTCOMES = (*ACCEPTED, "rejected", "held", "duplicate", "ignored")


@dataclass(frozen=True)
class Reason:
    """Why a delivery or a row was not simply accepted: a code for machines, a sentence and a fix for the sender.

    `about` names a suspicion by what it is about: a person's decision counts for the same suspicion again.
    """

    code: str
    message: str
    fix: str
    row: int | None = None
    field: str | None = None
    count: int = 1
    about: str | None = None


@dataclass(frozen=True)
class LandedTable:
    """One Parquet file of accepted rows; `path` is relative to the home."""

    table: str
    path: str
    sha256: str
    rows: int


@dataclass(frozen=True)
class Delivery:
    """One file from one sender, and what became of it. `outcome` is `received` until the intake has finished.

    `sender_files` and `sender_bytes` count what this sender had sent on that UTC day, this file included.
    """

    delivery_id: str
    source: str
    sender: str
    file_name: str
    sha256: str
    size: int
    received_at: datetime
    format: str | None = None
    declared_version: str | None = None
    snapshot_at: date | None = None
    outcome: str = "received"
    rows_in: int = 0
    rows_accepted: int = 0
    rows_quarantined: int = 0
    reasons: tuple[Reason, ...] = ()
    tables: tuple[LandedTable, ...] = ()
    periods: tuple[str, ...] = ()
    duplicate_of: str | None = None
    seconds: float = 0.0
    arrival_key: str = ""
    sender_files: int = 0
    sender_bytes: int = 0

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON values; dates in ISO 8601, times in UTC."""
        plain = asdict(self)
        plain["received_at"] = self.received_at.isoformat()
        plain["snapshot_at"] = self.snapshot_at.isoformat() if self.snapshot_at else None
        return plain

    @classmethod
    def from_dict(cls, plain: dict[str, Any]) -> "Delivery":
        """Invert `to_dict`."""
        values = dict(plain)
        values["received_at"] = datetime.fromisoformat(values["received_at"])
        values["snapshot_at"] = date.fromisoformat(values["snapshot_at"]) if values["snapshot_at"] else None
        values["reasons"] = tuple(Reason(**reason) for reason in values["reasons"])
        values["tables"] = tuple(LandedTable(**table) for table in values["tables"])
        values["periods"] = tuple(values["periods"])
        return cls(**values)


@dataclass(frozen=True)
class Step:
    """One step of the line as recorded: build, gate, approve, release, retract."""

    step: str
    subject: str
    payload: dict[str, Any]
    at: datetime
    seq: int


def canonical(value: Any) -> str:
    """Return the one JSON text of a value: sorted keys, no blanks, no NaN."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def digest(*parts: str) -> str:
    """Hash parts as a JSON list, so that ("ab", "c") and ("a", "bc") differ."""
    return hashlib.sha256(canonical(list(parts)).encode()).hexdigest()
