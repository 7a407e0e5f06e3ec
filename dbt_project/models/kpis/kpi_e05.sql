-- Emissions per revenue in constant prices. A pair is complete if every scope of the set and the revenue are there.
with scopes as (
    select * from {{ ref('int_emissions__scope_sets') }}
),

{{ scope_set_sums('scopes') }},

sets as (
    select
        's12_location' as scope_set,
        2 as n_needed
    union all
    select 's12_market', 2
    union all
    select 's123_market', 3
),

pairs as (
    select
        e.entity_type,
        e.entity_id,
        e.period_start,
        e.period_end,
        t.scope_set,
        e.revenue_eur_const * 0.000001 as revenue_meur,
        s.n_scopes = t.n_needed and e.revenue_eur_const is not null as is_complete,
        s.emissions_t,
        s.half_width,
        s.coverage,
        s.dq_score,
        s.primary_share,
        s.imputed_share,
        s.worst_tier,
        s.is_lower_bound
    from {{ ref('int_answers__entities') }} as e
    cross join sets as t
    left join summed as s on e.entity_id = s.entity_id and e.year = s.year and t.scope_set = s.scope_set
),

-- Revenue comes from audited or reported accounts: tier 2 in the propagation of uncertainty.
with_width as (
    select
        p.*,
        {{ ratio('p.emissions_t', 'p.revenue_meur') }} as intensity,
        {{ u_product(ratio('p.half_width', 'abs(p.emissions_t)'), 't.u_rel') }} as u_rel
    from pairs as p
    left join {{ ref('data_tiers') }} as t on t.tier = 2
),

measured as (
    select
        entity_type,
        entity_id,
        period_start,
        period_end,
        scope_set as dim_variant,
        case when is_complete then intensity end as value,
        case when is_complete then {{ interval_end('intensity', '(u_rel * intensity)', '-') }} end as value_low,
        case when is_complete then {{ interval_end('intensity', '(u_rel * intensity)', '+') }} end as value_high,
        cast(null as varchar) as state,
        case when is_complete then coverage else 0 end as coverage,
        cast(coalesce(is_complete, false) as integer) as n_units,
        dq_score,
        primary_share,
        imputed_share,
        worst_tier,
        coalesce(is_lower_bound, false) as is_lower_bound,
        case when is_complete then 'ok' else 'not_reported' end as base_status
    from with_width
)

{{ kpi_result('E05', 'measured', dims=['dim_variant']) }}
