{#-
  Products that a company makes: it answered for their own emissions or for their inputs, or a twin lists their inputs.
  The production date decides which declarations of suppliers hold: the end of the stated reference period, else of the year.
-#}
with answered as (
    select
        year,
        maker_id,
        entity_id,
        product_id,
        max(try_cast(value_text as date)) filter (where question_id = 'reference_period_end' and component_id = '')
            as period_end,
        min(tier) filter (where question_id in ('direct_kgco2e', 'bom_qty_per_unit')) as tier
    from {{ ref('int_footprints__answers') }}
    group by year, maker_id, entity_id, product_id
    having bool_or(question_id in ('direct_kgco2e', 'transport_kgco2e', 'bom_qty_per_unit'))
),

-- A twin whose product nobody answered for belongs to its manufacturer.
twins as (
    select
        t.year,
        t.product_id,
        coalesce(max(t.parent_bpn), '') as maker_id
    from {{ ref('int_footprints__twin_bills') }} as t
    where not exists (select 1 from answered as a where a.year = t.year and a.product_id = t.product_id)
    group by t.year, t.product_id
)

select
    year,
    maker_id || '|' || product_id as node_id,
    maker_id,
    entity_id,
    product_id,
    case when extract(year from period_end) = year then period_end else make_date(cast(year as integer), 12, 31) end
        as production_date,
    tier
from answered
union all
select
    year,
    maker_id || '|' || product_id,
    maker_id,
    maker_id as entity_id,
    product_id,
    make_date(cast(year as integer), 12, 31),
    2
from twins
