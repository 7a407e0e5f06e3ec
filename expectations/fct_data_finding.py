"""Suite of `fct_data_finding`: what people should look at before they trust a figure; one row per finding."""

from expectations.declaration import Suite, never, no_rows, one_of, present, unique

KINDS = (
    "unit_suspicion",
    "unreadable_answer",
    "outlier",
    "quarantine",
    "unmapped_country",
    "target_set",
    "target_base",
    "target_not_assessed",
)

SUITE: Suite = (
    unique(("finding_id",), "A finding is listed once."),
    present("finding_id", "A finding must be citable."),
    present("finding_kind", "Readers sort findings by kind."),
    one_of("finding_kind", KINDS, "Readers sort findings by kind."),
    present("message", "A finding must say what is wrong."),
    present("n_rows", "Readers must see how much is concerned."),
    never("rows_are_counted", "n_rows < 1", "A finding concerns at least one row."),
    no_rows(
        "delivery_is_known",
        "select f.finding_id from {batch} as f where f.delivery_id is not null and not exists "
        "(select 1 from {schema}.dim_delivery as d where d.delivery_id = f.delivery_id)",
        "A finding about a delivery leads to it.",
    ),
)
