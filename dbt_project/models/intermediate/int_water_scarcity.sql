-- Consumption weighed by scarcity (E14). Sites without a factor leave the value (M7) and bound it by the smallest and
-- the largest factor there is; only where every site has its factor is the interval one of measurement (U1).
with parts as (
    select
        'E14' as kpi_id,
        entity_id,
        year,
        cast(null as varchar) as dim_category,
        is_in_scope,
        {{ exact('consumption_m3 * aware_cf') }} as amount,
        withdrawal_m3 as weight,
        tier,
        {{ u_product('consumption_u', 'aware_u') }} as u_rel,
        is_imputed,
        true as is_used
    from {{ ref('int_water_consumption') }}
),

scarcity as (
    with all_parts as (select * from parts)

    {{ summed_parts('all_parts') }}
),

without_context as (
    {{ consumption_without('aware_cf') }}
)

select
    s.* replace (
        case
            when w.consumption_m3 is null then s.value_low
            else coalesce(s.value, 0) + w.consumption_m3 * {{ parameter('aware_cf_min') }}
        end as value_low,
        case
            when w.consumption_m3 is null then s.value_high
            else coalesce(s.value, 0) + w.consumption_m3 * {{ parameter('aware_cf_max') }}
        end as value_high,
        {{ status_without_context('s.base_status', 'w.consumption_m3') }} as base_status
    )
from scarcity as s
left join without_context as w on s.entity_id = w.entity_id and s.year = w.year
