"""Suite of `benchmark_sector`: what members of an association see; one row per KPI, variant, sector and period."""

from expectations.declaration import Suite, finite, never, no_rows, one_of, present, unique, within

NUMBERS = ("weighted_mean", "p10", "p25", "p50", "p75", "p90", "coverage", "dq_score")
QUANTILES = ("p10", "p25", "p50", "p75", "p90")
_ANY_NUMBER = " or ".join(f"{column} is not null" for column in NUMBERS)
_ANY_QUANTILE = " or ".join(f"{column} is not null" for column in QUANTILES)

SUITE: Suite = (
    unique(
        ("kpi_id", "dim_variant", "sector", "period_start"),
        "Two benchmarks for one cell can be set off against each other.",
    ),
    present("kpi_id", "A benchmark must say of what."),
    present("sector", "A benchmark must say for whom."),
    present("period_start", "A benchmark must say for when."),
    present("period_end", "A period has two ends."),
    present("status", "A withheld cell must say so."),
    one_of("status", ("ok", "withheld"), "One mark for every withheld cell, whatever the reason."),
    one_of("n_band", ("5-9", "10-19", "20+"), "Counts leave the house as bands only."),
    never(
        "withheld_shows_nothing", f"status = 'withheld' and ({_ANY_NUMBER} or n_band is not null)", "Business secret."
    ),
    never("ok_has_band", "status = 'ok' and n_band is null", "A benchmark without its band may rest on one company."),
    never("ok_has_value", "status = 'ok' and weighted_mean is null", "A released cell without a number is a defect."),
    never(
        "quantiles_need_ten",
        f"n_band = '5-9' and ({_ANY_QUANTILE})",
        "Quantiles of few companies are their own figures.",
    ),
    never(
        "quantiles_are_ordered",
        "p10 > p25 or p25 > p50 or p50 > p75 or p75 > p90",
        "Quantiles that fall are a wrong formula.",
    ),
    *(finite(c, "NaN and infinity come from unguarded divisions.") for c in NUMBERS),
    within("coverage", 0, 1, "Coverage is a share of what is in scope."),
    within("dq_score", 1, 5, "Tiers run from 1 to 5, so does their mean."),
    never("period_is_ordered", "period_end < period_start", "A period that ends before it starts holds nothing."),
    never(
        "is_no_total",
        "lower(sector) in ('all', 'total', 'network', '_t')",
        "Sectors only; totals are in benchmark_cell, where they are protected together.",
    ),
    no_rows(
        "kpi_is_described",
        "select b.kpi_id from {batch} as b where not exists "
        "(select 1 from {schema}.dim_kpi as d where d.kpi_id = b.kpi_id)",
        "A number without its definition cannot be read.",
    ),
)
