"""Suite of `fact_kpi_input`: what each value was computed from; one row per KPI row and input."""

from expectations.declaration import Suite, finite, never, no_rows, one_of, present

KEY = ("kpi_id", "entity_type", "entity_id", "period_start", "dim_hash")
KINDS = (
    "answer", "master_data", "purchase_line", "trade_flow", "certificate", "factor", "finding", "assessment", "exit",
    "kpi", "footprint", "bill_of_material",
)  # fmt: skip
_JOIN = " and ".join(f"v.{column} is not distinct from i.{column}" for column in KEY)
_SOURCE = (
    "v.kpi_id = i.input_kpi_id and v.entity_id = i.input_entity_id "
    "and v.period_start = i.input_period_start and v.dim_hash = i.input_dim_hash"
)

SUITE: Suite = (
    *(present(c, "A trace must name the value it belongs to.") for c in KEY),
    present("input_kind", "Where to look for an input depends on its kind."),
    present("input_name", "An input without a name explains nothing."),
    present("input_state", "A reader must see what was used and what was missing."),
    one_of("input_kind", KINDS, "Where to look for an input depends on its kind."),
    one_of("input_state", ("used", "missing", "excluded"), "Readers tell used inputs from missing ones by it."),
    finite("input_value", "NaN and infinity cannot have been delivered."),
    never(
        "used_input_has_origin",
        "input_state = 'used' and input_kind not in ('kpi', 'factor') and delivery_id is null",
        "A used input leads to a delivery.",
    ),
    never(
        "kpi_input_has_key",
        "input_kind = 'kpi' and (input_kpi_id is null or input_entity_id is null or input_period_start is null "
        "or input_dim_hash is null)",
        "An input that is itself an indicator leads to its row.",
    ),
    no_rows(
        "belongs_to_a_value",
        "select i.kpi_id, i.entity_id from {batch} as i where not exists "
        f"(select 1 from {{schema}}.fact_kpi_value as v where {_JOIN})",
        "A trace without its value is a leftover.",
    ),
    no_rows(
        "kpi_input_exists",
        "select i.kpi_id, i.entity_id from {batch} as i "
        "where i.input_kind = 'kpi' and i.input_state = 'used' and not exists "
        f"(select 1 from {{schema}}.fact_kpi_value as v where {_SOURCE})",
        "The chain of indicators must not break.",
    ),
    no_rows(
        "delivery_is_known",
        "select i.kpi_id, i.delivery_id from {batch} as i where i.delivery_id is not null and not exists "
        "(select 1 from {schema}.dim_delivery as d where d.delivery_id = i.delivery_id)",
        "A trace ends at a delivery that the release lists.",
    ),
)
