-- Every result that is ok says what it was made of.
with explained as (
    select distinct
        kpi_id,
        entity_type,
        entity_id,
        period_start,
        dim_hash
    from {{ ref('fact_kpi_input') }}
)

select
    v.kpi_id,
    v.entity_type,
    v.entity_id,
    v.period_start,
    v.dim_hash
from {{ ref('fact_kpi_value') }} as v
left join explained as i
    on
        v.kpi_id = i.kpi_id
        and v.entity_type = i.entity_type
        and v.entity_id = i.entity_id
        and v.period_start = i.period_start
        and v.dim_hash = i.dim_hash
where v.status = 'ok' and i.kpi_id is null
