"""Suite of `fct_party_pair`: why two records are one party or are not; one row per pair."""

from expectations.declaration import Suite, never, one_of, present, unique, within

RULES = ("person", "identifier", "own_id", "as_written", "likelihood")
STATES = ("merged", "review", "apart", "contradicted")

SUITE: Suite = (
    unique(("left_id", "right_id"), "A pair has one state."),
    present("reason", "Whoever is concerned must be able to contest a match."),
    one_of("rule", RULES, "Readers must see what decided."),
    one_of("state", STATES, "Readers must see what became of the pair."),
    within("score", 0, 1, "A score is a probability."),
    never("pair_is_ordered", "left_id >= right_id", "A pair is listed once, whichever way round."),
)
