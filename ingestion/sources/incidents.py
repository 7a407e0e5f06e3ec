"""Supply incidents and the answers to them, from whoever is hit and the network office, whenever something happens.

Arrives in our own template as CSV or workbook, one file per table: incidents, responses. Odd: one incident hits several
companies, each with its own days; what lasts has no end yet and comes again when it is over.
"""

from functools import partial

from ingestion.formats.own_template import template_reader
from ingestion.reader import RowRule

_rule = partial(RowRule, "incidents")
READER = template_reader(
    "incidents",
    _rule("period_reversed", "ended_at", "ended_at < began_at",
          "the incident ends before it begins", "correct began_at or ended_at"),
    _rule("period_reversed", "recovered_at", "recovered_at < began_at",
          "supply recovers before the incident begins", "correct began_at or recovered_at"),
    _rule("missing_value", "supplier_id", "supplier_id is null and site_id is null and category_id is null",
          "neither relation nor site nor category says what is disturbed", "fill supplier_id, site_id or category_id"),
    _rule("missing_value", "currency", "loss is not null and currency is null",
          "an amount without its currency", "name the currency"),
    RowRule("responses", "period_reversed", "response_ended_at", "response_ended_at < response_started_at",
            "the response ends before it starts", "correct response_started_at or response_ended_at"),
)  # fmt: skip
