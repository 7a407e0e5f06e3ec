-- Material input per company, year and material, with what of it is recycled or reused.
with answers as (
    select * from {{ ref('int_answers') }}
    where question_id in ('input_t', 'recycled_t', 'reused_t')
)

select
    entity_id,
    year,
    coalesce(site_id, '') as site_id,
    item as material_id,
    sum(value) filter (where question_id = 'input_t') as input_t,
    sum(value) filter (where question_id = 'recycled_t') as recycled_t,
    sum(value) filter (where question_id = 'reused_t') as reused_t,
    -- The pair is as good as its worst answer.
    max(data_tier) filter (where value is not null) as tier,
    max(data_tier) filter (where question_id = 'input_t') as input_tier,
    max(cast(u_rel as double)) filter (where question_id = 'input_t') as input_u,
    max(cast(u_rel as double)) filter (where question_id <> 'input_t') as secondary_u,
    bool_or(is_imputed) as is_imputed,
    coalesce(bool_or(is_imputed) filter (where question_id = 'input_t'), false) as is_input_imputed,
    not coalesce(bool_or(value_state = 'not_applicable') filter (where question_id = 'input_t'), false) as is_in_scope
from answers
group by entity_id, year, coalesce(site_id, ''), item
