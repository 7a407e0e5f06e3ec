with

steps as (
    select * from {{ ref('int_remedy_survival') }}
),

cells as (
    select
        entity_id,
        period_start,
        period_end,
        dim_category,
        sum(n_left) as n_findings,
        min(case when round(survival, 9) <= 0.5 then days end) as median_days,
        min(case when round(survival_low, 9) <= 0.5 then days end) as median_low,
        min(case when round(survival_high, 9) <= 0.5 then days end) as median_high,
        least({{ parameter('km_horizon_days') }}, max(days)) as horizon,
        min(days) as first_days
    from steps
    group by entity_id, period_start, period_end, dim_category
),

-- area under the steps up to the horizon; before the first time everybody is still waiting
areas as (
    select
        c.*,
        max(least(c.first_days, c.horizon)) + sum(
            {{ exact('s.survival * greatest(0, least(coalesce(s.next_days, c.horizon), c.horizon) - s.days)') }}
        ) as restricted_mean
    from cells as c
    inner join steps as s
        on c.entity_id = s.entity_id and c.period_start = s.period_start and c.dim_category = s.dim_category
    group by all
),

remedied as (
    select
        c.*,
        t.day,
        coalesce(arg_max(s.survival, s.days), 1) as survival,
        coalesce(arg_max(s.survival_low, s.days), 1) as survival_low,
        coalesce(arg_max(s.survival_high, s.days), 1) as survival_high
    from cells as c
    cross join unnest([30, 90, 180]) as t (day)
    left join steps as s
        on
            c.entity_id = s.entity_id and c.period_start = s.period_start and c.dim_category = s.dim_category
            and t.day >= s.days
    group by all
),

variants as (
    select
        entity_id, period_start, period_end, dim_category, n_findings, 'median' as dim_variant, 'd' as own_unit,
        median_days as value, median_low as value_low, median_high as value_high,
        case when median_days is null then 'not_reached' end as state
    from cells
    union all
    select
        entity_id, period_start, period_end, dim_category, n_findings, 'restricted_mean' as dim_variant,
        'd' as own_unit, restricted_mean as value, null as value_low, null as value_high, null as state
    from areas
    union all
    select
        entity_id, period_start, period_end, dim_category, n_findings, 'open_after_' || day || 'd' as dim_variant,
        'share' as own_unit, survival as value, survival_low as value_low, survival_high as value_high, null as state
    from remedied
),

measured as (
    select
        *,
        'company' as entity_type,
        1 as coverage,
        n_findings as n_units,
        {{ counted_quality() }},
        case when n_findings < 5 then 'insufficient_coverage' else 'ok' end as base_status
    from variants
)

{{ kpi_result('D04', 'measured', dims=['dim_category', 'dim_variant'], unit='own_unit') }}
