"""Suite of `fct_survey_answer`: answers of companies; one row per entity, question, item and year as it counts now."""

from expectations.declaration import Suite, finite, known_delivery, never, present, within

SUITE: Suite = (
    present("entity_id", "An answer must say whose it is."),
    present("question_id", "An answer must say to what."),
    present("year", "An answer belongs to a year."),
    present("value_state", "A blank must say whether it is missing, zero or not applicable."),
    finite("value", "NaN and infinity cannot have been delivered."),
    within("data_tier", 1, 5, "Tiers run from 1 to 5."),
    never("uncertainty_is_plausible", "u_rel < 0", "A half-width is never negative."),
    present("delivery_id", "Every row leads to a delivery."),
    known_delivery("r.entity_id, r.delivery_id"),
)
