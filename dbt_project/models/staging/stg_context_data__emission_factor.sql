with

emission_factors as (
    select * from {{ source('landing', 'context_data__emission_factors') }}
),

deliveries as (
    select delivery_id, received_at from {{ source('landing', 'deliveries') }}
)

select
    f.factor_kind,
    f.factor_key,
    f.year,
    f.value,
    f.unit,
    f.price_year,
    f.gwp_version,
    f.u_rel,
    f.publisher,
    f.edition,
    f.delivery_id,
    f.row_number,
    f.source_ref,
    d.received_at
from emission_factors as f
left join deliveries as d on f.delivery_id = d.delivery_id
