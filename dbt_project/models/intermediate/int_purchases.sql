{#-
  Purchase lines that count: a line delivered again replaces the earlier one. A line without a rate for its currency and
  year stays, with spend_eur NULL; spend_weight_eur (rate of the latest known year) says only how much is missing.
-#}
with

lines as (
    select
        *,
        cast(extract(year from delivery_date) as integer) as year,
        row_number() over (
            partition by buyer_id, line_id order by received_at desc, delivery_id desc, row_number desc
        ) as rank_no
    from {{ ref('stg_purchase_lines__purchase_line') }}
),

rates as (
    select * from {{ ref('int_fx_rates') }} where rate_kind = 'average'
),

companies as (
    select
        entity_id,
        year,
        group_id,
        row_number() over (partition by entity_id order by year desc) as newest_no
    from {{ ref('int_companies') }}
),

mass_units as (
    select unit, factor from {{ ref('units') }} where dimension = 'mass'
),

priced as (
    select
        l.*,
        case when l.currency = 'EUR' then 1 else r.eur_per_unit end as fx_rate,
        case when l.currency = 'EUR' then 1 else coalesce(r.eur_per_unit, n.eur_per_unit) end as weight_rate
    from lines as l
    left join rates as r on l.currency = r.currency and l.year = r.year
    left join rates as n on l.currency = n.currency and n.is_latest_year
    where l.rank_no = 1
)

select
    p.buyer_id,
    p.line_id,
    p.supplier_id,
    coalesce(c.group_id, k.group_id, p.supplier_id) as supplier_group_id,
    p.category_id,
    p.item_id,
    p.hs6,
    p.year,
    {{ exact('cast(p.spend_original as double) * p.fx_rate') }} as spend_eur,
    {{ exact('cast(p.spend_original as double) * p.weight_rate') }} as spend_weight_eur,
    p.spend_original,
    p.currency,
    cast(p.fx_rate as decimal(28, 9)) as fx_rate,
    p.qty,
    p.unit,
    coalesce(p.mass_t, cast(p.qty * m.factor as decimal(28, 9))) as mass_t,
    p.production_site_id,
    p.production_country,
    p.delivery_date,
    p.clause_anti_corruption,
    p.alternatives_qualified,
    p.delivery_id,
    p.row_number
from priced as p
left join companies as c on p.supplier_id = c.entity_id and p.year = c.year
left join companies as k on p.supplier_id = k.entity_id and k.newest_no = 1
left join mass_units as m on p.unit = m.unit
