with

levels as (
    select *, 'all' as dim_category from {{ ref('int_impacts') }} where impact_kind = 'actual'
    union all
    select *, coalesce(level, 'undecided') as dim_category from {{ ref('int_impacts') }} where impact_kind = 'actual'
),

sums as (
    select
        entity_id,
        period_start,
        period_end,
        dim_category,
        count(*) as n_findings,
        count(weight) as n_weighed,
        count(case when is_remedied then 1 end) as n_remedied,
        {{ ratio('sum(case when is_remedied then weight end)', 'sum(weight)') }} as weighted,
        sum(weight) as all_weight
    from levels
    group by entity_id, period_start, period_end, dim_category
),

rates as (
    select
        *,
        'weighted' as dim_variant,
        case when all_weight > 0 then coalesce(weighted, 0) end as value,
        {{ ratio('n_weighed', 'n_findings') }} as coverage
    from sums
    union all
    select *, 'unweighted' as dim_variant, {{ ratio('n_remedied', 'n_findings') }} as value, 1 as coverage from sums
),

measured as (
    select
        'company' as entity_type,
        entity_id,
        period_start,
        period_end,
        dim_category,
        dim_variant,
        value,
        {{ wilson('value * n_findings', 'n_findings', '-') }} as value_low,
        {{ wilson('value * n_findings', 'n_findings', '+') }} as value_high,
        cast(null as varchar) as state,
        coverage,
        n_findings as n_units,
        {{ counted_quality() }},
        'ok' as base_status
    from rates
)

{{ kpi_result('D03', 'measured', dims=['dim_category', 'dim_variant']) }}
