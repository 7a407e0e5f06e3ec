"""What must hold of every public table, whatever it says: its columns, its rows, and no sudden loss of rows."""

from math import ceil

from expectations.declaration import CRITICAL, Suite, columns_are, row_count
from warehouse.public_tables import PublicTable

KEPT_SHARE = 0.5


def common_suite(table: PublicTable, rows_before: int | None) -> Suite:
    """Expectations that follow from the declaration of the table and from the release that is current."""
    declared = [column.name for column in table.columns]
    suite: Suite = (
        columns_are(declared, "Readers rely on the columns that the dictionary describes."),
        row_count("has_rows", 1, "Zero rows satisfy every other check, so they must fail one of their own."),
    )
    if rows_before:
        kept = ceil(rows_before * KEPT_SHARE)
        reason = (
            f"The current release has {rows_before} rows; a fall by more than half is a loss until shown otherwise."
        )
        suite += (row_count("rows_are_not_lost", kept, reason, CRITICAL),)
    return suite
