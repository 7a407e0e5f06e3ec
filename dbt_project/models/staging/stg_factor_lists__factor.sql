with

factors as (
    select * from {{ source('landing', 'factor_lists__factors') }}
),

deliveries as (
    select delivery_id, received_at from {{ source('landing', 'deliveries') }}
)

select
    f.factor_list,
    f.category,
    f.scope,
    f.activity,
    f.item,
    f.detail,
    f.item_code,
    f.code_scheme,
    f.unit,
    f.ghg,
    f.factor,
    f.factor_without_margins,
    f.margins,
    f.reference_code,
    f.year,
    f.price_year,
    f.edition,
    f.delivery_id,
    f.row_number,
    f.source_ref,
    d.received_at
from factors as f
left join deliveries as d on f.delivery_id = d.delivery_id
