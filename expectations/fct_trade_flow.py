"""Suite of `fct_trade_flow`: trade between countries, excluded rows included; one row per row of the source."""

from expectations.declaration import Suite, finite, known_delivery, never, one_of, present, unique

FLOWS = (
    "import", "export", "re_import", "re_export", "domestic_export", "foreign_import", "inward_processing_import",
    "inward_processing_export", "outward_processing_import", "outward_processing_export",
)  # fmt: skip

SUITE: Suite = (
    unique(("delivery_id", "row_number"), "A row of the source is listed once."),
    present("hs_code", "A flow is one of a product."),
    present("hs_revision", "A code means nothing without its revision."),
    present("year", "A flow belongs to a year."),
    present("is_excluded", "Readers must see what counts."),
    one_of("flow", FLOWS, "Readers tell directions apart by it."),
    never("exclusion_has_rule", "is_excluded and exclusion_rule is null", "Nothing is left out without a reason."),
    never("value_is_plausible", "value_usd < 0", "A value is never negative."),
    finite("value_usd", "NaN and infinity cannot have been delivered."),
    present("delivery_id", "Every row leads to a delivery."),
    known_delivery("r.hs_code, r.delivery_id"),
)
