{#- Which answers the results on water, waste and material were made of. -#}
with results as (
    {{ union_of(['kpi_e13', 'kpi_e16', 'kpi_e17'], result_columns()) }}
),

-- Which questions each result reads.
questions as (
    select
        'E13' as kpi_id,
        unnest(['withdrawal_m3']) as question_id
    union all
    select
        'E16',
        unnest(['waste_t'])
    union all
    select
        'E17',
        unnest(['input_t', 'recycled_t', 'reused_t'])
),

used_answers as (
    select
        r.kpi_id, r.entity_type, r.entity_id, r.period_start, r.dim_hash,
        a.question_id, a.item, a.value, a.value_text, a.unit, a.value_state, a.delivery_id, a.row_number
    from results as r
    inner join questions as q on r.kpi_id = q.kpi_id
    inner join {{ ref('int_answers') }} as a
        on
            r.entity_id = a.entity_id
            and r.period_start = make_date(cast(a.year as integer), 1, 1)
            and q.question_id = a.question_id
)

select
    kpi_id, entity_type, entity_id, period_start, dim_hash,
    {{ answer_input(
        'answer', "concat_ws(' ', question_id, nullif(item, ''))", 'value', 'value_state', 'unit',
        "case when value_state = 'not_applicable' then 'excluded' when value_state = 'unknown' then 'missing' else 'used' end",
        'delivery_id', 'row_number'
    ) }}
from used_answers
