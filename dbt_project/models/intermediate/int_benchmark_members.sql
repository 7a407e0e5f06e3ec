-- Each result in every cell it is part of; marks of outliers come from its sector, so that the cells add up.
select
    md5(
        concat_ws(
            '|',
            r.kpi_id,
            r.dim_variant,
            p.sector,
            nullif(p.region, '_T'),
            nullif(p.size_class, '_T'),
            r.period_start
        )
    ) as cell_key,
    r.kpi_id,
    r.dim_variant,
    p.sector,
    p.region,
    p.size_class,
    r.period_start,
    r.period_end,
    r.unit,
    r.is_ratio,
    r.entity_id,
    r.group_id,
    r.weight,
    r.numerator,
    r.dq_score,
    r.is_outlier
from {{ ref('int_benchmark_rows') }} as r
inner join {{ ref('int_benchmark_places') }} as p
    on r.entity_id = p.entity_id and cast(extract(year from r.period_start) as integer) = p.year
