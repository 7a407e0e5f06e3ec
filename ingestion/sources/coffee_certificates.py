"""Quality certificates of coffee lots: what was graded, when, by which certifying body, and until when it counts.

Arrives as CSV, as collected from the Coffee Quality Institute, now and then. Odd: days are English words ("April 4th,
2015"), cells hold line breaks and numbers with their unit ("60 kg", "12 %"), no number identifies a certificate, the
index column has no name, and owner and producer are often persons, so they are never landed.
"""

from ingestion.reader import Reader, RowRule


def _name_columns(header: tuple[str, ...]) -> tuple[str, ...]:
    # Several columns of a saved web page have no name; nothing may be called the same.
    return tuple(name or f"(column {n})" for n, name in enumerate(header, start=1))


READER = Reader(
    name_columns=_name_columns,
    rules=(
        RowRule(
            "certificates", "period_reversed", "expiration_date", "expiration_date < grading_date",
            "the certificate ends before the coffee was graded", "correct grading date or expiration",
        ),
    )
)  # fmt: skip
