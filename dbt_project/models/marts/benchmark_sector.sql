select
    kpi_id,
    dim_variant,
    sector,
    period_start,
    period_end,
    n_band,
    weighted_mean,
    p10,
    p25,
    p50,
    p75,
    p90,
    unit,
    coverage,
    dq_score,
    status
from {{ ref('int_benchmark_protected') }}
where is_sector
