with

-- companies whose cases of the year are known; the others are silent, not without exits
known as (
    select distinct entity_id, period_start from {{ ref('int_impacts') }}
    union
    select distinct entity_id, period_start from {{ ref('int_exits') }}
),

sums as (
    select
        k.entity_id,
        k.period_start,
        count(e.exit_id) as n_exits,
        count(case when not e.is_excepted then 1 end) as n_eligible,
        count(case when not e.is_excepted and e.is_enabled then 1 end) as n_enabled,
        count(case when e.is_excepted then 1 end) as n_excepted,
        count(case when e.is_impact_assessed then 1 end) as n_assessed,
        coalesce(sum(e.n_actions), 0) as n_actions,
        string_agg(distinct e.exit_state, ', ' order by e.exit_state) filter (where e.exit_state like 'withdrawn%')
            as violations
    from known as k
    left join {{ ref('int_exits') }} as e on k.entity_id = e.entity_id and k.period_start = e.period_start
    group by k.entity_id, k.period_start
),

variants as (
    select *, 'enabled' as dim_variant, 'share' as own_unit, n_enabled as k, n_eligible as n from sums
    union all
    select *, 'exceptions' as dim_variant, 'count' as own_unit, n_excepted as k, 1 as n from sums
    union all
    select *, 'actions_per_exit' as dim_variant, 'count' as own_unit, n_actions as k, n_exits as n from sums
    union all
    select *, 'impact_assessed' as dim_variant, 'share' as own_unit, n_assessed as k, n_exits as n from sums
),

measured as (
    select
        'company' as entity_type,
        entity_id,
        period_start,
        cast(period_start + interval 1 year - interval 1 day as date) as period_end,
        dim_variant,
        own_unit,
        {{ ratio('k', 'n') }} as value,
        case when own_unit = 'share' then {{ wilson('k', 'n', '-') }} end as value_low,
        case when own_unit = 'share' then {{ wilson('k', 'n', '+') }} end as value_high,
        case when dim_variant = 'enabled' then violations end as state,
        1 as coverage,
        n_exits as n_units,
        {{ counted_quality() }},
        case when n = 0 then 'not_applicable' else 'ok' end as base_status
    from variants
)

{{ kpi_result('D05', 'measured', dims=['dim_variant'], unit='own_unit') }}
