with requests as (
    select
        cast(year || '-01-01' as date) as period_start,
        cast(year || '-12-31' as date) as period_end,
        size_class,
        country,
        is_answered
    from {{ ref('int_requests__answered') }}
),

views as (
    select period_start, period_end, 'all' as dim_variant, null as dim_size_class, null as dim_region, is_answered
    from requests
    union all
    select period_start, period_end, 'size_class', size_class, null, is_answered
    from requests
    union all
    select period_start, period_end, 'region', null, country, is_answered
    from requests
),

counted as (
    select
        period_start,
        period_end,
        dim_variant,
        dim_size_class,
        dim_region,
        count(case when is_answered then 1 end) as n_valid,
        count(*) as n_sent
    from views
    group by
        period_start,
        period_end,
        dim_variant,
        dim_size_class,
        dim_region
),

measured as (
    select
        'network' as entity_type,
        'network' as entity_id,
        period_start,
        period_end,
        cast(dim_region as varchar) as dim_region,
        cast(dim_size_class as varchar) as dim_size_class,
        dim_variant,
        {{ ratio('n_valid', 'n_sent') }} as value,
        cast(null as double) as value_low,
        cast(null as double) as value_high,
        cast(null as varchar) as state,
        1.0 as coverage,
        n_sent as n_units,
        cast(null as double) as dq_score,
        cast(null as double) as primary_share,
        cast(null as double) as imputed_share,
        cast(null as integer) as worst_tier,
        false as is_lower_bound,
        'ok' as base_status
    from counted
)

{{ kpi_result('Q05', 'measured', dims=['dim_region', 'dim_size_class', 'dim_variant']) }}
