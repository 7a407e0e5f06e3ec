-- Direct material input per company and year (rule M1).
with parts as (
    select * replace (cast(null as varchar) as dim_category)
    from {{ ref('int_material_input__parts') }}
)

{{ summed_parts('parts', always_lognormal='true') }}
