{#-
  Answers on work and conduct as they were stated: what people, findings or cases are about is never imputed (§2.2), so
  an imputed value is an unknown one. Items split into job category and gender.
-#}
with answers as (
    select
        *,
        lower(trim(split_part(item, '|', 1))) as job_category,
        lower(nullif(trim(split_part(item, '|', 2)), '')) as gender
    from {{ ref('int_answers') }}
)

select
    entity_id,
    site_id,
    question_id,
    item,
    job_category,
    gender,
    year,
    period_start,
    case when is_imputed is not true then value end as value,
    case when value_state = 'value' and is_imputed is not true then lower(trim(value_text)) end as stated_text,
    value_state,
    value_state = 'not_applicable' as is_not_applicable,
    data_tier as tier,
    unit,
    coalesce(is_imputed, false) as is_imputed,
    delivery_id,
    row_number
from answers
