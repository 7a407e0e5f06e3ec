"""Suite of `fact_kpi_value`: every indicator value that analysts read; one row per KPI, entity, period, breakdown."""

from expectations.declaration import WARNING, Suite, finite, never, no_rows, one_of, present, unique, within

GRAIN = ("kpi_id", "entity_type", "entity_id", "period_start", "dim_hash")
STATUSES = ("ok", "insufficient_coverage", "not_reported", "not_applicable", "undefined", "withheld")
CATEGORICAL = ("E23", "E25", "C03", "N05", "D02")
ENTITY_TYPES = (
    "site", "company", "product", "relation", "category", "network", "region", "country_product", "awarding_body",
    "benchmark_cell", "finding",
)  # fmt: skip
# A gap may be negative and an attainment above 1, though their unit is a share.
OPEN_SHARES = "('S10', 'N04')"
NEVER_NEGATIVE = (
    "('t CO2e', 't CO2e/MEUR', 'kg CO2e/unit', 'MWh', 'MWh/MEUR', 'm3', 't', 't/MEUR', 'per 1e6 h', 'per 2e5 h', "
    "'count', 'h')"
)  # fmt: skip
_CATEGORICAL = ", ".join(f"'{kpi}'" for kpi in CATEGORICAL)
_JOIN = " and ".join(f"i.{column} is not distinct from v.{column}" for column in GRAIN)

SUITE: Suite = (
    unique((*GRAIN, "period_end"), "Two values for one question leave the reader to choose."),
    *(present(c, "A value without its coordinates cannot be found again.") for c in GRAIN),
    present("kpi_key", "The name of the indicator is part of what is published."),
    present("kpi_version", "A value can only be recomputed with the version of its formula."),
    present("period_end", "A period has two ends."),
    present("status", "A missing value must say why it is missing."),
    never("numbers_have_units", "value is not null and unit is null", "A number without its unit is no measurement."),
    present("input_snapshot_id", "A value must name the inputs it was computed from."),
    present("computed_at", "A value must say as of when it holds."),
    one_of("status", STATUSES, "Readers filter by status; an unknown one would slip through."),
    one_of("entity_type", ENTITY_TYPES, "Readers join by entity type."),
    never("value_only_if_ok", "status <> 'ok' and value is not null", "A number beside a refusal would be used."),
    never(
        "value_if_ok",
        f"status = 'ok' and value is null and not (kpi_id in ({_CATEGORICAL}) and state is not null)",
        "An empty value that claims to be fine hides a defect; categorical results carry a state instead.",
    ),
    *(finite(c, "NaN and infinity come from unguarded divisions.") for c in ("value", "value_low", "value_high")),
    never("bounds_are_ordered", "value_low > value_high", "A lower bound above the upper one is a wrong formula."),
    never("period_is_ordered", "period_end < period_start", "A period that ends before it starts holds nothing."),
    within("coverage", 0, 1, "Coverage is a share of what is in scope."),
    within("primary_share", 0, 1, "A share runs from 0 to 1."),
    within("imputed_share", 0, 1, "A share runs from 0 to 1."),
    within("dq_score", 1, 5, "Tiers run from 1 to 5, so does their mean."),
    within("worst_tier", 1, 5, "Tiers run from 1 to 5."),
    no_rows(
        "coverage_is_sufficient",
        "select v.kpi_id, v.coverage from {batch} as v inner join {schema}.dim_kpi as d on d.kpi_id = v.kpi_id "
        "where v.status = 'ok' and d.min_coverage is not null and (v.coverage is null or v.coverage < d.min_coverage)",
        "Where the catalogue asks for a coverage, a value below it or without it says more than is known.",
    ),
    never("units_are_counted", "n_units < 0", "A number of units below zero is a wrong count."),
    never(
        "shares_are_plausible",
        f"unit = 'share' and kpi_id not in {OPEN_SHARES} and value not between 0 and 1",
        "A share runs from 0 to 1.",
    ),
    never("masses_are_plausible", f"unit in {NEVER_NEGATIVE} and value < 0", "Such quantities are never negative."),
    never("percents_are_plausible", "unit = 'percent' and value not between 0 and 100", "Percent runs from 0 to 100."),
    no_rows(
        "value_has_lineage",
        "select v.kpi_id, v.entity_id, v.period_start from {batch} as v where v.status = 'ok' and not exists "
        f"(select 1 from {{schema}}.fact_kpi_input as i where {_JOIN})",
        "Every published number can be traced to its inputs.",
    ),
    no_rows(
        "kpi_is_described",
        "select v.kpi_id from {batch} as v where not exists "
        "(select 1 from {schema}.dim_kpi as d where d.kpi_id = v.kpi_id)",
        "A number without its definition cannot be read.",
    ),
    never(
        "values_are_covered",
        "status = 'insufficient_coverage'",
        "Readers should know what could not be said.",
        WARNING,
    ),
)
