with results as (
    select
        kpi_id,
        period_start,
        period_end,
        dq_score as quality,
        greatest(coalesce(n_units, 1), 1) as weight
    from {{ ref('int_kpi_values') }}
    where
        entity_type in ('company', 'network')
        -- a pair of years starts like its first year, and would be counted with it
        and extract(year from period_start) = extract(year from period_end)
        and status = 'ok'
),

networks as (
    select
        kpi_id,
        period_start,
        period_end,
        {{ ratio('sum(' ~ exact('quality * weight') ~ ')', 'sum(weight)') }} as quality,
        count(*) as n_results
    from results
    where quality is not null
    group by
        kpi_id,
        period_start,
        period_end
),

measured as (
    select
        'network' as entity_type,
        'network' as entity_id,
        period_start,
        period_end,
        kpi_id as dim_variant,
        quality as value,
        cast(null as double) as value_low,
        cast(null as double) as value_high,
        cast(null as varchar) as state,
        cast(null as double) as coverage,
        n_results as n_units,
        quality as dq_score,
        cast(null as double) as primary_share,
        cast(null as double) as imputed_share,
        cast(null as integer) as worst_tier,
        false as is_lower_bound,
        'ok' as base_status
    from networks
)

{{ kpi_result('Q02', 'measured', dims=['dim_variant']) }}
