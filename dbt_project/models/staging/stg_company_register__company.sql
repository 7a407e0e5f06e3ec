with

companies as (
    select * from {{ source('landing', 'company_register__companies') }}
),

deliveries as (
    select delivery_id, received_at from {{ source('landing', 'deliveries') }}
)

select
    c.entity_id,
    c.name,
    c.parent_group_id,
    c.entity_type,
    c.country,
    c.region_code,
    c.lat,
    c.lon,
    c.nace,
    c.headcount,
    c.fte,
    c.turnover,
    c.balance_sheet,
    c.value_added,
    c.intermediate_purchases,
    c.currency,
    c.fiscal_year_start,
    c.fiscal_year_end,
    c.delivery_id,
    c.row_number,
    c.source_ref,
    d.received_at
from companies as c
left join deliveries as d on c.delivery_id = d.delivery_id
