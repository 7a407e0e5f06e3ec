-- A figure of a cell may leave only as benchmark_sector shows it; the result rows of B01 go out as well.
with shown as (
    {% for statistic in ['weighted_mean', 'p10', 'p25', 'p50', 'p75', 'p90'] -%}
    select
        sector,
        concat_ws('|', kpi_id, nullif(dim_variant, '')) as dim_category,
        period_start,
        '{{ statistic }}' as dim_variant,
        {{ statistic }} as value
    from {{ ref('benchmark_sector') }}
    {% if not loop.last %}union all
    {% endif %}
    {%- endfor %}
),

results as (
    select
        dim_sector,
        dim_category,
        period_start,
        dim_variant,
        value
    from {{ ref('fact_kpi_value') }}
    where kpi_id = 'B01'
)

select
    coalesce(r.dim_sector, s.sector) as sector,
    coalesce(r.dim_category, s.dim_category) as dim_category
from results as r
full outer join shown as s
    on
        r.dim_sector = s.sector
        and r.dim_category = s.dim_category
        and r.period_start = s.period_start
        and r.dim_variant = s.dim_variant
where
    r.dim_sector is null
    or s.sector is null
    or r.value is distinct from round(s.value, 9)
