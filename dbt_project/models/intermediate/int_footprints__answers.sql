-- What companies answer on footprints: the item names the product and, after a bar, a component or an input of it.
select
    entity_id,
    -- A product that several sites answer for is a product of each of them.
    entity_id || coalesce('|' || site_id, '') as maker_id,
    year,
    trim(split_part(item, '|', 1)) as product_id,
    trim(split_part(item, '|', 2)) as component_id,
    question_id,
    value,
    case when value_state = 'value' then trim(value_text) end as value_text,
    unit,
    value_state,
    data_tier as tier,
    cast(u_rel as double) as u_rel,
    coalesce(is_imputed, false) as is_imputed,
    delivery_id,
    row_number
from {{ ref('int_answers') }}
where
    item <> '' and value_state <> 'not_applicable'
    and question_id in (select q.question_id from {{ ref('survey_questions') }} as q where q.theme = 'footprint')
