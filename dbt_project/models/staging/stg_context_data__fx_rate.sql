with

fx_rates as (
    select * from {{ source('landing', 'context_data__fx_rates') }}
),

deliveries as (
    select delivery_id, received_at from {{ source('landing', 'deliveries') }}
)

select
    f.currency,
    f.year,
    f.rate_kind,
    f.eur_per_unit,
    f.publisher,
    f.delivery_id,
    f.row_number,
    f.source_ref,
    d.received_at
from fx_rates as f
left join deliveries as d on f.delivery_id = d.delivery_id
