with

deflators as (
    select * from {{ source('landing', 'context_data__deflators') }}
),

deliveries as (
    select delivery_id, received_at from {{ source('landing', 'deliveries') }}
)

select
    f.country,
    f.year,
    f.index_2020,
    f.publisher,
    f.delivery_id,
    f.row_number,
    f.source_ref,
    d.received_at
from deflators as f
left join deliveries as d on f.delivery_id = d.delivery_id
