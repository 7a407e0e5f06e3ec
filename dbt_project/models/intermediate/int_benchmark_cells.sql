-- Cells before protection. Variants of one ratio share denominators, so they are withheld together: one family.
with cells as (
    select distinct
        cell_key,
        kpi_id,
        dim_variant,
        sector,
        region,
        size_class,
        period_start,
        period_end,
        is_ratio
    from {{ ref('int_benchmark_members') }}
)

select
    c.cell_key,
    concat_ws('|', c.kpi_id, case when not c.is_ratio then nullif(c.dim_variant, '') end, c.period_start) as family,
    c.kpi_id,
    c.dim_variant,
    c.sector,
    c.region,
    c.size_class,
    c.period_start,
    c.period_end,
    c.is_ratio,
    s.n_groups,
    s.only_group,
    s.is_safe,
    s.is_signed,
    s.n_total,
    s.n_first,
    s.n_second,
    s.d_total,
    s.d_first,
    s.d_second
from cells as c
inner join {{ ref('int_benchmark_safety') }} as s on c.cell_key = s.cell_key
