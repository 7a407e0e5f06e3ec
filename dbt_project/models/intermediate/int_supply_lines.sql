{#-
  One shape for what a buyer buys and what a country imports, so that R01–R06 exist once: owner × category × group,
  where a category is a purchase category or an HS6 code, and a group the supplier's parent or a partner country.
  Trade weighs in what the reporter's total with the world has and the known partners lack.
-#}
with

purchases as (
    select * from {{ ref('int_purchases') }}
),

imports as (
    select * from {{ ref('int_flows') }} where flow = 'import'
),

coverage as (
    select * from {{ ref('int_trade_coverage') }} where flow = 'import'
),

countries as (
    select iso2, macro_region from {{ ref('countries') }}
),

lines as (
    select
        'purchase' as cell_kind,
        buyer_id as owner_id,
        category_id,
        cast(null as varchar) as hs_revision,
        coalesce('item:' || item_id, 'category:' || category_id) as item_cell,
        year,
        supplier_group_id as group_id,
        production_country as country,
        spend_eur as spend,
        spend_weight_eur as spend_weight,
        delivery_date,
        alternatives_qualified,
        delivery_id,
        row_number
    from purchases
    union all
    select
        'trade' as cell_kind,
        i.reporter_country as owner_id,
        i.hs6 as category_id,
        i.hs_revision,
        'category:' || i.hs6 as item_cell,
        i.year,
        i.partner_area as group_id,
        i.partner_country as country,
        i.value_usd as spend,
        {{ exact(ratio('i.value_usd', 'c.coverage')) }} as spend_weight,
        make_date(i.year, 12, 31) as delivery_date,
        cast(null as bigint) as alternatives_qualified,
        i.delivery_id,
        i.row_number
    from imports as i
    left join coverage as c
        on
            i.reporter_country = c.reporter_country and i.hs6 = c.hs6
            and i.hs_revision = c.hs_revision and i.year = c.year
)

select
    l.*,
    c.macro_region
from lines as l
left join countries as c on l.country = c.iso2
