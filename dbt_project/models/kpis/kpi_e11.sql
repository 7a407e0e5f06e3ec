-- Share of renewable energy: sum of renewable parts over energy use, from companies that gave both.
with parts as (
    select * from {{ ref('int_energy__renewable_parts') }}
    where is_in_scope
),

renewable as (
    select
        entity_id,
        year,
        sum(amount) as renewable_mwh,
        sqrt(cast(sum({{ exact('power(u_rel * amount, 2)') }}) as double)) as half_width,
        {{ ratio('count(amount)', 'count(*)') }} as observed_share,
        {{ weighed_mean('tier', 'amount') }} as dq_score,
        {{ weighed_mean('cast(tier <= 2 as integer)', 'amount') }} as primary_share,
        {{ weighed_mean('cast(is_imputed as integer)', 'amount') }} as imputed_share,
        max(case when amount is not null then tier end) as worst_tier
    from parts
    group by entity_id, year
),

energy as (
    select * from {{ ref('int_energy') }}
),

pairs as (
    select
        e.entity_type,
        e.entity_id,
        e.period_start,
        e.period_end,
        r.dq_score,
        r.primary_share,
        r.imputed_share,
        r.worst_tier,
        r.observed_share < 1 as is_lower_bound,
        least(r.observed_share, t.coverage) as coverage,
        t.n_units,
        {{ ratio('r.renewable_mwh', 't.value') }} as share,
        r.half_width,
        t.value as energy_mwh,
        {{ u_product(ratio('r.half_width', 'r.renewable_mwh'), ratio('t.half_width', 't.value')) }} as u_rel,
        coalesce(t.base_status, 'not_reported') as energy_status,
        r.renewable_mwh is not null and t.value is not null as is_complete
    from {{ ref('int_answers__entities') }} as e
    left join energy as t on e.entity_id = t.entity_id and e.year = t.year
    left join renewable as r on e.entity_id = r.entity_id and e.year = r.year
),

measured as (
    select
        entity_type,
        entity_id,
        period_start,
        period_end,
        share as value,
        -- A share lies between 0 and 1, and so do its bounds.
        greatest(0, {{ interval_end('share', '(u_rel * share)', '-') }}) as value_low,
        least(1, {{ interval_end('share', '(u_rel * share)', '+') }}) as value_high,
        cast(null as varchar) as state,
        coalesce(coverage, 0) as coverage,
        coalesce(n_units, 0) as n_units,
        dq_score,
        primary_share,
        imputed_share,
        worst_tier,
        coalesce(is_lower_bound, false) as is_lower_bound,
        case
            when energy_status = 'not_applicable' then 'not_applicable'
            when is_complete then 'ok'
            else 'not_reported'
        end as base_status
    from pairs
)

{{ kpi_result('E11', 'measured') }}
