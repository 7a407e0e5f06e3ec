"""Suite of `dim_party`: who is who across all sources; one row per party."""

from expectations.declaration import Suite, no_rows, one_of, present, unique, within

KINDS = ("company", "site", "group", "product")

SUITE: Suite = (
    unique(("party_id",), "A party is counted once."),
    present("party_id", "A party must be citable."),
    one_of("kind", KINDS, "A company, its sites and its products are different things."),
    within("confidence", 1, 5, "Readers must see how sure a party is."),
    no_rows(
        "stands_for_a_record",
        "select p.party_id from {batch} as p where not exists "
        "(select 1 from {schema}.dim_party_record as r where r.record_id = p.party_id and r.party_id = p.party_id)",
        "The id of a party is that of one of its records, so that it resolves.",
    ),
)
