-- Water withdrawal per company and year: the sum of the sites (rule M1).
with parts as (
    select * replace (cast(null as varchar) as dim_category)
    from {{ ref('int_water__parts') }}
    where kpi_id = 'E13'
)

{{ summed_parts('parts') }}
