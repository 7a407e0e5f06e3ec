with

goods as (
    select * from {{ source('landing', 'labour_risk_goods__goods') }}
),

deliveries as (
    select delivery_id, received_at from {{ source('landing', 'deliveries') }}
)

select
    g.country_name,
    g.country,
    g.country_region,
    g.good,
    g.sector,
    g.is_child_labour,
    g.is_forced_labour,
    g.is_forced_child_labour,
    g.is_derived_exploitation,
    g.derived_country,
    g.edition,
    g.delivery_id,
    g.row_number,
    g.source_ref,
    d.received_at
from goods as g
left join deliveries as d on g.delivery_id = d.delivery_id
