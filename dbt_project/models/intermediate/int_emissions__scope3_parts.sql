-- Scope 3 by category: what companies report, and for category 1 what their purchase lines imply. Lines that share a
-- factor share its error, so they are one part each.
with reported as (
    select
        *,
        ltrim(regexp_extract(item, '[0-9]+'), '0') as category
    from {{ ref('int_answers') }}
    where question_id = 'scope3_t'
),

bought as (
    select
        entity_id,
        year,
        category_id,
        factor_kind,
        tier,
        u_rel,
        factor_value,
        factor_unit,
        factor_delivery_id,
        factor_row_number,
        sum(spend_eur) as spend_eur,
        sum(amount) as amount
    from {{ ref('int_emissions__purchases') }}
    group by
        entity_id, year, category_id, factor_kind, tier, u_rel, factor_value, factor_unit, factor_delivery_id,
        factor_row_number
)

select
    'E04' as kpi_id,
    entity_id,
    year,
    category as dim_category,
    site_id,
    question_id,
    item,
    true as is_total,
    value_state <> 'not_applicable' as is_in_scope,
    value as quantity,
    unit as quantity_unit,
    value as amount,
    cast(null as decimal(38, 9)) as weight,
    data_tier as tier,
    cast(u_rel as double) as u_rel,
    is_imputed,
    value_state,
    delivery_id,
    row_number,
    cast(null as varchar) as factor_kind,
    cast(null as varchar) as factor_key,
    cast(null as decimal(28, 9)) as factor_value,
    cast(null as varchar) as factor_unit,
    cast(null as varchar) as factor_delivery_id,
    cast(null as bigint) as factor_row_number
from reported
where category in ('1', '2', '3', '4', '5', '6', '7', '8', '9', '10', '11', '12', '13', '14', '15')
union all
select
    'E04' as kpi_id,
    entity_id,
    year,
    '1' as dim_category,
    null as site_id,
    'purchase_lines' as question_id,
    category_id as item,
    false as is_total,
    true as is_in_scope,
    spend_eur as quantity,
    'EUR' as quantity_unit,
    case when amount is not null then {{ exact('amount') }} end as amount,
    spend_eur as weight,
    tier,
    cast(u_rel as double) as u_rel,
    false as is_imputed,
    case when amount is null then 'unknown' else 'value' end as value_state,
    null as delivery_id,
    null as row_number,
    factor_kind,
    category_id as factor_key,
    factor_value,
    factor_unit,
    factor_delivery_id,
    factor_row_number
from bought
