"""Purchase lines that link the network, from the ERP systems of buying companies, quarterly or yearly.

Arrives as one CSV with our own column names. Odd: spend is net of tax in the currency of the line; a quantity without
its unit says nothing, so both come together or not at all.
"""

from ingestion.reader import Reader, RowRule

READER = Reader(
    rules=(
        RowRule(
            "purchase_lines", "unit_missing", "unit", "qty is not null and unit is null",
            "a quantity without a unit", "name the unit of qty, or leave both empty",
        ),
    )
)  # fmt: skip
