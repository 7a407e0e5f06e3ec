"""Suite of `dim_delivery`: the deliveries that a release was built from; one row per delivery."""

from expectations.declaration import Suite, never, one_of, present, unique

ACCEPTED = ("accepted", "accepted_with_warnings", "partly_quarantined")

SUITE: Suite = (
    unique(("delivery_id",), "A trace must end at one delivery."),
    present("delivery_id", "A trace must end at a delivery."),
    present("source", "Readers must see where a delivery came from."),
    present("sha256", "The bytes of a delivery are found by their hash."),
    present("received_at", "The order of arrival decides which answer counts."),
    present("outcome", "Readers must see what became of a delivery."),
    one_of("outcome", ACCEPTED, "Only accepted deliveries may count."),
    never(
        "sha256_is_a_hash",
        "length(sha256) <> 64 or not regexp_full_match(sha256, '[0-9a-f]+')",
        "The bytes are found by their hash.",
    ),
    present("rows_in", "Every row is accounted for."),
    never("every_row_is_counted", "rows_in <> rows_accepted + rows_quarantined", "Every row is accounted for."),
)
