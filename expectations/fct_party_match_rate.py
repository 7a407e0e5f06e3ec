"""Suite of `fct_party_match_rate`: how much of each source is matched; one row per kind and source."""

from expectations.declaration import Suite, never, present, unique, within

SUITE: Suite = (
    unique(("kind", "source"), "A source has one rate per kind."),
    present("source", "A rate without its source says nothing."),
    within("match_rate", 0, 1, "A share lies between 0 and 1."),
    never("matched_are_records", "n_matched > n_records or n_in_doubt > n_records", "A part is no more than all."),
)
