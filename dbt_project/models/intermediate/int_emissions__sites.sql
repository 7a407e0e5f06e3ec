-- Emissions of single sites (E01-E03): the parts that count for their company, summed for each site that answered.
with parts as (
    select * replace (entity_id || '|' || site_id as entity_id)
    from {{ ref('int_emissions__parts') }}
    where site_id is not null and kpi_id in ('E01', 'E02', 'E03')
)

{{ summed_parts('parts') }}
