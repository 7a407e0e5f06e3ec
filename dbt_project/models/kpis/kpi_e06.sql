-- Emissions per unit of output, within one product family and one unit of output (M2: one pair of sums per row).
with scopes as (
    select * from {{ ref('int_emissions__scope_sets') }}
    where scope_set in ('s12_location', 's12_market')
),

{{ scope_set_sums('scopes') }},

sets as (
    select unnest(['s12_location', 's12_market']) as scope_set
),

pairs as (
    select
        o.entity_type,
        o.entity_id,
        o.year,
        o.family,
        t.scope_set,
        o.unit,
        o.n_units as n_output_units,
        o.quantity,
        o.allocated_share,
        o.quantity is not null and o.allocated_share is not null and s.n_scopes = 2 as is_complete,
        s.coverage,
        s.dq_score,
        s.primary_share,
        s.imputed_share,
        s.worst_tier,
        s.is_lower_bound,
        -- Tonnes of the site or company to kilograms of the family.
        case
            when s.n_scopes = 2 and o.n_units = 1
                then {{ ratio('1000 * s.emissions_t * o.allocated_share', 'o.quantity') }}
        end as intensity,
        {{ u_product(ratio('s.half_width', 'abs(s.emissions_t)'), 'o.u_rel') }} as u_rel
    from {{ ref('int_outputs') }} as o
    cross join sets as t
    left join summed as s on o.entity_id = s.entity_id and o.year = s.year and t.scope_set = s.scope_set
),

measured as (
    select
        entity_type,
        entity_id,
        make_date(cast(year as integer), 1, 1) as period_start,
        make_date(cast(year as integer), 12, 31) as period_end,
        nullif(family, '') as dim_category,
        scope_set as dim_variant,
        unit as output_unit,
        intensity as value,
        {{ interval_end('intensity', '(u_rel * intensity)', '-') }} as value_low,
        {{ interval_end('intensity', '(u_rel * intensity)', '+') }} as value_high,
        case
            when n_output_units > 1 then 'several_units'
            when quantity is not null and allocated_share is null then 'not_allocated'
        end as state,
        case when is_complete then coverage else 0 end as coverage,
        cast(coalesce(is_complete, false) as integer) as n_units,
        dq_score,
        primary_share,
        imputed_share,
        worst_tier,
        coalesce(is_lower_bound, false) as is_lower_bound,
        case
            when n_output_units > 1 then 'undefined'
            when is_complete then 'ok'
            else 'not_reported'
        end as base_status
    from pairs
)

{{ kpi_result(
    'E06', 'measured', dims=['dim_category', 'dim_variant'], unit="'kg CO2e/' || coalesce(output_unit, 'unit')"
) }}
