"""Suite of `fct_climate_target`: published climate targets; one row per row of the target register."""

from expectations.declaration import WARNING, Suite, known_delivery, never, present, unique

SUITE: Suite = (
    unique(("delivery_id", "row_number"), "A row of the register is listed once."),
    never("years_are_ordered", "target_year < base_year", "A target lies after its base year.", WARNING),
    never("years_are_plausible", "target_year not between 1990 and 2150", "A year outside is a slip.", WARNING),
    present("delivery_id", "Every row leads to a delivery."),
    known_delivery("r.sbti_id, r.delivery_id"),
)
