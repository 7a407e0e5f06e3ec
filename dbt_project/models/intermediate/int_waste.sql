-- Diverted and hazardous share of the waste of a company and year, and its mass.
with lines as (
    select * from {{ ref('int_waste__lines') }}
),

pairs as (
    select
        entity_id,
        year,
        cast(null as varchar) as dim_category,
        unnest(['headline', 'hazardous_share', 'total_waste']) as dim_variant,
        waste_t,
        is_diverted,
        is_hazardous,
        is_in_scope,
        tier,
        u_rel,
        is_imputed
    from lines
),

measured_pairs as (
    select
        entity_id,
        year,
        dim_category,
        dim_variant,
        case dim_variant
            when 'headline' then waste_t * is_diverted
            when 'hazardous_share' then waste_t * cast(is_hazardous as integer)
            else waste_t
        end as numerator,
        waste_t as denominator,
        waste_t as weight,
        tier,
        u_rel as numerator_u,
        u_rel as denominator_u,
        is_imputed,
        is_in_scope
    from pairs
)

{{ summed_pairs('measured_pairs', is_share=true) }}
