"""Suite of `dim_party_record`: every id and the party it leads to; one row per record."""

from expectations.declaration import Suite, no_rows, present, unique

SUITE: Suite = (
    unique(("record_id",), "An id leads to one party."),
    present("record_id", "A record must be citable."),
    present("source", "Readers must see who says so."),
    no_rows(
        "party_is_known",
        "select r.record_id from {batch} as r where not exists "
        "(select 1 from {schema}.dim_party as p where p.party_id = r.party_id)",
        "An id that leads nowhere breaks links.",
    ),
)
