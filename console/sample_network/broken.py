"""Deliveries that a careful intake must not take as they are: bad rows, a cut file, the same bytes again."""

from datetime import date
from pathlib import Path

from console.sample_network.purchases import write_purchases
from console.sample_network.survey import write_answers
from console.sample_network.writing import Cell, Row

ROWS = 120
BAD_ROWS = 7
LATE_LINES = ROWS - 1
# Place in the file, field and the value that cannot be read.
FAULTS: tuple[tuple[int, str, Cell], ...] = (
    (9, "unit", "barrels of synthetic"),
    (23, "spend", "-1500"),
    (41, "delivery_date", "2025-02-30"),
    (58, "currency", "EURO"),
    (77, "delivery_date", "soon"),
)
CONTRADICTED = 96


def write_faulty_purchases(path: Path, rows: list[Row]) -> Path:
    """Write good lines with five unreadable ones and two that contradict each other."""
    if len(rows) != LATE_LINES:
        raise ValueError(
            f"the file with faulty lines needs {LATE_LINES} lines, it got {len(rows)}: hold back that many"
        )
    faulty = list(rows)
    for place, column, value in FAULTS:
        faulty[place] = {**faulty[place], column: value}
    twin = faulty[CONTRADICTED]
    faulty.append({**twin, "spend": "999999.99"})
    return write_purchases(path, faulty)


def write_cut_answers(path: Path, rows: list[Row]) -> Path:
    """Write answers and cut the file inside a quoted field, as a broken transfer does."""
    quoted = [{**row, "method": "synthetic sample, not real data\n(text over two lines)"} for row in rows]
    write_answers(path, quoted)
    content = path.read_bytes()
    path.write_bytes(content[: content.rindex(b"\n(text over") + 6])
    return path


def repeat(original: Path, copy: Path) -> Path:
    """Write the same bytes under another name."""
    copy.parent.mkdir(parents=True, exist_ok=True)
    copy.write_bytes(original.read_bytes())
    return copy


def answered_later(rows: list[Row], question: str, day: date) -> list[Row]:
    """Give the answers to one question again, with a later day of answering."""
    return [{**row, "answered_at": day} for row in rows if row["question_id"] == question]
