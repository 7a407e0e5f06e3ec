with

states as (
    select * from {{ ref('int_certificate_states') }}
),

names as (
    select 'valid' as state_name
    union all
    select 'expiring_90d'
    union all
    select 'expired'
    union all
    select 'suspended'
    union all
    select 'withdrawn'
    union all
    select 'unknown'
),

standards as (
    select *, standard_id as dim_standard from states
    union all
    select *, 'any' as dim_standard from states where is_recognised
),

totals as (
    select
        dim_standard,
        as_of_date,
        count(*) as n_certificates
    from standards
    group by dim_standard, as_of_date
),

measured as (
    select
        'network' as entity_type,
        'network' as entity_id,
        t.dim_standard,
        n.state_name as dim_variant,
        make_date(cast(extract(year from t.as_of_date) as integer), 1, 1) as period_start,
        t.as_of_date as period_end,
        {{ ratio('count(s.certificate_id)', 'max(t.n_certificates)') }} as value,
        cast(null as double) as value_low,
        cast(null as double) as value_high,
        n.state_name as state,
        cast(1 as double) as coverage,
        max(t.n_certificates) as n_units,
        3 as dq_score,
        0 as primary_share,
        0 as imputed_share,
        3 as worst_tier,
        false as is_lower_bound,
        'ok' as base_status
    from totals as t
    cross join names as n
    left join standards as s
        on t.dim_standard = s.dim_standard and t.as_of_date = s.as_of_date and n.state_name = s.certificate_state
    group by t.dim_standard, t.as_of_date, n.state_name
)

{{ kpi_result('C03', 'measured', dims=['dim_standard', 'dim_variant']) }}
