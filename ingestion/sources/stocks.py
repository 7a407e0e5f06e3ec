"""Stocks, demand and recovery times of items, from the planning systems of those who need them, quarterly.

Arrives in our own template as CSV or workbook. Odd: units are the item's own and are never added up over items; a
missing time to recover is not zero.
"""

from functools import partial

from ingestion.formats.own_template import template_reader
from ingestion.reader import RowRule

_rule = partial(RowRule, "items")
READER = template_reader(
    "stocks",
    _rule("missing_value", "currency", "(unit_margin is not null or spend is not null) and currency is null",
          "an amount without its currency", "name the currency"),
)  # fmt: skip
