-- Mass of each material x its raw material factor (E21). Types of footprint are never mixed: each is its own total.
with materials as (
    select
        *,
        bool_or(not is_total) over (partition by entity_id, year, dim_category) as has_materials
    from {{ ref('int_material_input__parts') }}
),

types as (
    select unnest(['used_extraction', 'total_material_requirement']) as footprint_type
),

-- A total says nothing about the material: it counts, without a factor, only where no material is named.
parts as (
    select
        'E21' as kpi_id,
        m.entity_id,
        m.year,
        t.footprint_type as dim_category,
        m.is_in_scope,
        {{ exact('m.amount * f.t_per_t') }} as amount,
        m.amount as weight,
        -- A generic factor models the raw material behind a mass, however well the mass is known.
        greatest(m.tier, 4) as tier,
        {{ u_product('m.u_rel', 'f.u_rel') }} as u_rel,
        m.is_imputed,
        true as is_used
    from materials as m
    cross join types as t
    left join {{ ref('int_material_factors') }} as f
        on lower(trim(m.item)) = f.material_id and t.footprint_type = f.footprint_type
    where m.is_total <> m.has_materials
)

{{ summed_parts('parts', always_lognormal='true') }}
