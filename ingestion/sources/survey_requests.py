"""Requests sent to companies in a survey campaign, from the network office, once per campaign.

Arrives as one CSV with our own column names. Odd: answers may come without a request, requests may stay unanswered.
"""

from ingestion.reader import Reader, RowRule

READER = Reader(
    rules=(
        RowRule(
            "requests", "period_reversed", "period_end", "period_end < period_start",
            "the period ends before it starts", "correct period_start or period_end",
        ),
    )
)  # fmt: skip
