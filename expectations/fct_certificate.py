"""Suite of `fct_certificate`: certificates of companies and sites; one row per certificate as it is known now."""

from expectations.declaration import Suite, known_delivery, never, present

SUITE: Suite = (
    present("certificate_id", "A certificate is found by its id."),
    present("standard_id", "A certificate is worth what its standard says."),
    present("holder_id", "A certificate must say whose it is."),
    never(
        "validity_is_ordered", "valid_to_date < valid_from_date", "A certificate that ends before it starts is a slip."
    ),
    never("stages_are_plausible", "stage_reached > stage_count or stage_reached < 0", "No stage lies beyond the last."),
    present("delivery_id", "Every row leads to a delivery."),
    known_delivery("r.certificate_id, r.delivery_id"),
)
