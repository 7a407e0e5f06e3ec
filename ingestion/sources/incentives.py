"""Incentive programmes and living labs with those who take part, from the network office, yearly.

Arrives in our own template as CSV or workbook. Odd: a living lab often pays nothing, so an empty amount is no error;
what a programme is meant to move is a KPI of the catalogue, or left open.
"""

from functools import partial

from ingestion.formats.own_template import template_reader
from ingestion.reader import RowRule

_rule = partial(RowRule, "participations")
READER = template_reader(
    "incentives",
    _rule("period_reversed", "ended_at", "ended_at < started_at",
          "the part in the programme ends before it starts", "correct started_at or ended_at"),
    _rule("missing_value", "currency", "amount is not null and currency is null",
          "an amount without its currency", "name the currency"),
    _rule("missing_value", "condition", "condition_met is not null and condition is null",
          "a condition was checked that nobody names", "say what the condition is"),
)  # fmt: skip
