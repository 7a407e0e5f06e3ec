{#- Trade by product codes other than HS. The flow and what was measured stand in one word of the publisher. -#}
with

flows as (
    select * from {{ source('landing', 'trade_data__commodity_flows') }}
),

deliveries as (
    select delivery_id, received_at from {{ source('landing', 'deliveries') }}
),

countries as (
    select iso2, lpad(cast(m49 as varchar), 3, '0') as m49 from {{ ref('countries') }}
)

select
    f.code_scheme,
    f.reporter_m49,
    f.partner_m49,
    r.iso2 as reporter_country,
    p.iso2 as partner_country,
    f.element_code,
    f.element,
    case
        when lower(f.element) like 'export%' then 'export'
        when lower(f.element) like 'import%' then 'import'
    end as flow,
    f.item_code,
    f.item_name,
    f.year,
    f.unit,
    f.value,
    f.flag,
    f.delivery_id,
    f.row_number,
    f.source_ref,
    d.received_at
from flows as f
left join deliveries as d on f.delivery_id = d.delivery_id
left join countries as r on f.reporter_m49 = r.m49
left join countries as p on f.partner_m49 = p.m49
