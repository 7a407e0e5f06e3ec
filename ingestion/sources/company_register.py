"""Master data of companies and sites, from the network office, once a year and on change.

Arrives as one CSV with our own column names. Odd: a company and its sites share the file, and a later file replaces
the row of the same company and fiscal year.
"""

from ingestion.reader import ChangeRule, Reader, RowRule

READER = Reader(
    rules=(
        RowRule(
            "companies", "period_reversed", "fiscal_year_end", "fiscal_year_end < fiscal_year_start",
            "the fiscal year ends before it starts", "correct fiscal_year_start or fiscal_year_end",
        ),
    ),
    changes={
        "companies": ChangeRule(
            "entity_id", ("entity_id", "currency"), "fiscal_year_end",
            ("headcount", "turnover", "balance_sheet", "value_added", "intermediate_purchases"),
        )
    },
)  # fmt: skip
