-- Recycled and reused material over material input: materials of which all three masses are known.
with pairs as (
    select
        entity_id,
        year,
        cast(null as varchar) as dim_category,
        cast(null as varchar) as dim_variant,
        -- More secondary material than material is a contradiction: unknown, not a share above 1.
        case when recycled_t + reused_t <= input_t then recycled_t + reused_t end as numerator,
        input_t as denominator,
        input_t as weight,
        tier,
        secondary_u as numerator_u,
        input_u as denominator_u,
        is_imputed,
        is_in_scope
    from {{ ref('int_materials') }}
),

shares as (
    with all_pairs as (select * from pairs)

    {{ summed_pairs('all_pairs', is_share=true) }}
),

measured as (
    {{ company_ratios('shares') }}
)

{{ kpi_result('E17', 'measured') }}
