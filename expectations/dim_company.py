"""Suite of `dim_company`: who is in the network; one row per company and year."""

from expectations.declaration import Suite, finite, known_delivery, never, one_of, present, unique

SUITE: Suite = (
    unique(("entity_id", "year"), "Two states of a company in one year contradict each other."),
    present("entity_id", "Readers look a company up by it."),
    present("year", "Master data change; a state must say of when."),
    present("group_id", "Disclosure control counts company groups."),
    present("country", "Regional figures rest on it."),
    never("country_is_a_code", "length(country) <> 2 or country <> upper(country)", "Countries join by their code."),
    one_of("size_class", ("micro", "small", "medium", "large"), "Readers compare by size class."),
    never("headcount_is_plausible", "headcount < 0", "A number of people is never negative."),
    never("turnover_is_plausible", "turnover_eur < 0", "A turnover below zero is a slip of sign."),
    finite("turnover_eur", "NaN and infinity cannot have been delivered."),
    present("delivery_id", "Every row leads to a delivery."),
    known_delivery("r.entity_id, r.delivery_id"),
)
