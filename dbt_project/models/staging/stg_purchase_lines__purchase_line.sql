with

purchase_lines as (
    select * from {{ source('landing', 'purchase_lines__purchase_lines') }}
),

deliveries as (
    select delivery_id, received_at from {{ source('landing', 'deliveries') }}
)

select
    p.buyer_id,
    p.line_id,
    p.supplier_id,
    p.category_id,
    p.item_id,
    case when length(p.hs6) >= 6 then left(p.hs6, 6) end as hs6,
    p.spend as spend_original,
    p.currency,
    p.qty,
    p.unit,
    p.mass_t,
    p.production_site_id,
    p.production_country,
    p.delivery_date,
    p.clause_anti_corruption,
    p.alternatives_qualified,
    p.delivery_id,
    p.row_number,
    p.source_ref,
    d.received_at
from purchase_lines as p
left join deliveries as d on p.delivery_id = d.delivery_id
