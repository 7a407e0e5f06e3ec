-- Direct material input by material and site, with the decision whether a total or its materials count.
with answers as (
    select * from {{ ref('int_answers') }}
    where question_id = 'input_t'
),

parts as (
    select
        'E20' as kpi_id,
        entity_id,
        year,
        coalesce(site_id, '') as dim_category,
        item,
        item = '' as is_total,
        value_state <> 'not_applicable' as is_in_scope,
        value as amount,
        value as weight,
        data_tier as tier,
        cast(u_rel as double) as u_rel,
        is_imputed,
        delivery_id,
        row_number
    from answers
)

{{ chosen_parts('parts') }}
