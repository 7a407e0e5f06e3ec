-- Emissions per KPI, company, year and category: the sum of the parts that count (rule M1).
with parts as (
    select * from {{ ref('int_emissions__parts') }}
)

{{ summed_parts('parts', always_lognormal="kpi_id = 'E04'") }}
