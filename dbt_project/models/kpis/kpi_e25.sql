-- The pairs of driver and pressure that E22–E24 compare, and whether the network can compare them in a period.
with periods as (
    select distinct
        period_start,
        period_end
    from {{ ref('int_decoupling') }}
    where entity_type = 'network'
),

measured as (
    select
        'network' as entity_type,
        'network' as entity_id,
        t.period_start,
        t.period_end,
        p.pair as dim_category,
        p.driver_key as dim_standard,
        p.pair_id as dim_variant,
        cast(null as double) as value,
        cast(null as double) as value_low,
        cast(null as double) as value_high,
        p.driver_key || ' / ' || p.pressure_kpis as state,
        coalesce(d.coverage, 0) as coverage,
        coalesce(d.n_units, 0) as n_units,
        d.dq_score,
        d.primary_share,
        d.imputed_share,
        d.worst_tier,
        false as is_lower_bound,
        coalesce(d.base_status, 'not_reported') as base_status
    from {{ ref('decoupling_pairs') }} as p
    cross join periods as t
    left join {{ ref('int_decoupling') }} as d
        on
            p.pair_id = d.dim_variant and t.period_start = d.period_start and t.period_end = d.period_end
            and d.entity_type = 'network' and d.dim_sector = 'all'
)

{{ kpi_result('E25', 'measured', dims=['dim_category', 'dim_standard', 'dim_variant'], categorical=true) }}
