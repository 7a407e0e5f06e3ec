"""Transport legs from buying companies and their carriers, quarterly or yearly.

Arrives in our own template as CSV or workbook. Odd: one shipment may be several legs, one per mode; the distance may be
missing, then the coordinates tell it; regions compare only within one scheme, which therefore stands in the row.
"""

from functools import partial

from ingestion.formats.own_template import template_reader
from ingestion.reader import RowRule

_rule = partial(RowRule, "legs")
READER = template_reader(
    "logistics",
    _rule("period_reversed", "delivered_at", "delivered_at < shipped_at",
          "the leg ends before it starts", "correct shipped_at or delivered_at"),
    _rule("missing_value", "region_scheme",
          "region_scheme is null and (origin_region is not null or destination_region is not null)",
          "a region without its scheme", "name the scheme, such as nuts2 or iso3166_2"),
    _rule("half_a_place", "origin_lat", "(origin_lat is null) <> (origin_lon is null)",
          "only one of latitude and longitude is given", "give both or none"),
    _rule("half_a_place", "destination_lat", "(destination_lat is null) <> (destination_lon is null)",
          "only one of latitude and longitude is given", "give both or none"),
)  # fmt: skip
