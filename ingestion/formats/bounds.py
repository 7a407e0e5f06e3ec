"""How much a delivery may unpack to, and how a whole file is refused."""

from __future__ import annotations

from dataclasses import dataclass

from ingestion.records import FileRefused

# Small files may unpack to this at any ratio: text compresses well.
GROWTH_FREE = 16 << 20


@dataclass(frozen=True)
class Bounds:
    """How much a delivery may unpack to."""

    unpacked_bytes: int = 2 << 30
    ratio: int = 200
    members: int = 2000
    workbook_bytes: int = 200 << 20
    document_bytes: int = 64 << 20


def refuse(code: str, message: str, fix: str, row: int | None = None) -> FileRefused:
    """Build the refusal of a whole file."""
    return FileRefused(code, message, fix, row)


DEFAULT = Bounds()
