with

observations as (
    select * from {{ source('landing', 'statistics__observations') }}
),

deliveries as (
    select delivery_id, received_at from {{ source('landing', 'deliveries') }}
)

select
    o.structure_kind,
    o.dataflow_agency,
    o.dataflow_id,
    o.dataflow_version,
    o.action,
    o.series_key,
    o.time_period,
    o.year,
    o.obs_value,
    cast(o.obs_value as double) * power(10, coalesce(o.unit_mult, 0)) as scaled_value,
    o.obs_status,
    o.unit_measure,
    o.unit_mult,
    o.decimals,
    o.attributes,
    o.delivery_id,
    o.row_number,
    o.source_ref,
    d.received_at
from observations as o
left join deliveries as d on o.delivery_id = d.delivery_id
