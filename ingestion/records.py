"""What a reader hands over: rows of text with their place in the file, never typed values."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Record:
    """One row as sent: the declared column names with their text, and where it stood."""

    row_number: int
    source_ref: str
    values: dict[str, str | None]
    table: str | None = None


@dataclass(frozen=True)
class Rejected:
    """One row that could not be read; it is counted and quarantined, never dropped."""

    row_number: int
    source_ref: str
    code: str
    message: str
    fix: str
    raw: str = ""


@dataclass
class FileRefused(Exception):
    """The whole file cannot be read; the delivery is rejected with this reason."""

    code: str
    message: str
    fix: str
    row: int | None = None
    column: str | None = field(default=None)

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"


@dataclass(frozen=True)
class Finding:
    """Something worth telling the sender that stops nothing, such as an unknown column."""

    code: str
    message: str
    fix: str
    column: str | None = None
    count: int = 1
