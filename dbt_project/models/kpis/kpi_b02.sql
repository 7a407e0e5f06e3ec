with compared as (
    select
        r.*,
        d.direction
    from {{ ref('int_benchmark_rows') }} as r
    inner join {{ ref('int_benchmark_protected') }} as p on r.cell_key = p.cell_key and p.status = 'ok'
    inner join {{ ref('kpi_definitions') }} as d on r.kpi_id = d.kpi_id and d.direction in ('lower', 'higher')
),

ranked as (
    select
        *,
        rank() over (partition by cell_key order by value) - 1 as n_below,
        count(*) over (partition by cell_key, value) as n_equal,
        count(*) over (partition by cell_key) as n_companies
    from compared
),

placed as (
    select
        *,
        {{ ratio('100.0 * (n_below + 0.5 * n_equal)', 'n_companies') }} as share_below
    from ranked
),

measured as (
    select
        'company' as entity_type,
        entity_id,
        period_start,
        period_end,
        sector as dim_sector,
        concat_ws('|', kpi_id, nullif(dim_variant, '')) as dim_category,
        case when direction = 'lower' then 100 - share_below else share_below end as value,
        cast(null as double) as value_low,
        cast(null as double) as value_high,
        cast(null as varchar) as state,
        cast(null as double) as coverage,
        cast(null as bigint) as n_units,
        dq_score,
        cast(null as double) as primary_share,
        cast(null as double) as imputed_share,
        cast(null as integer) as worst_tier,
        false as is_lower_bound,
        'ok' as base_status
    from placed
)

{{ kpi_result('B02', 'measured', dims=['dim_sector', 'dim_category']) }}
