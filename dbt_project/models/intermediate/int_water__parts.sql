-- Water withdrawn (E13) and discharged (E14), by site; a total of a site replaces its sources or is left out for them.
with answers as (
    select * from {{ ref('int_answers') }}
    where question_id in ('withdrawal_m3', 'discharge_m3')
),

parts as (
    select
        case question_id when 'withdrawal_m3' then 'E13' else 'E14' end as kpi_id,
        entity_id,
        year,
        coalesce(site_id, '') as dim_category,
        question_id,
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
