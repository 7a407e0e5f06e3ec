{#- Which answers E11, S05, S06 and S07 were made of, beside the energy result that E11 also stands on. -#}
with rates as (
    {{ union_of(['kpi_s05', 'kpi_s06', 'kpi_s07'], result_columns()) }}
),

renewable as (
    select * from {{ ref('kpi_e11') }}
),

contracts as (
    select * from {{ ref('kpi_e03') }}
),

answers as (
    select
        *,
        make_date(cast(year as integer), 1, 1) as period_start
    from {{ ref('int_answers') }}
),

used_answers as (
    select
        r.kpi_id, r.entity_type, r.entity_id, r.period_start, r.dim_hash,
        a.question_id, a.item, a.value, a.unit, a.value_state, a.is_imputed, a.delivery_id, a.row_number
    from rates as r
    inner join answers as a
        on
            r.entity_id = a.entity_id and r.period_start = a.period_start
            and (
                a.question_id in ('hours_worked', 'fte')
                or a.question_id = {{ injury_question('r.kpi_id') }}
            )
            and (r.dim_category is null or r.dim_category = a.item)
    union all
    select
        r.kpi_id, r.entity_type, r.entity_id, r.period_start, r.dim_hash,
        p.question_id, p.item, p.quantity, p.quantity_unit, p.value_state, p.is_imputed, p.delivery_id, p.row_number
    from renewable as r
    inner join {{ ref('int_energy__renewable_parts') }} as p
        on r.entity_id = p.entity_id and r.period_start = make_date(cast(p.year as integer), 1, 1)
    union all
    select
        r.kpi_id, r.entity_type, r.entity_id, r.period_start, r.dim_hash,
        a.question_id, a.item, a.value, a.unit, a.value_state, a.is_imputed, a.delivery_id, a.row_number
    from contracts as r
    inner join answers as a
        on
            r.entity_id = a.entity_id and r.period_start = a.period_start
            and a.question_id in ('contract_factor', 'eac_cancelled_mwh')
),

kpi_rows as (
    select
        {{ result_and_input('r', 'e') }},
        case when e.value is null then 'missing' else 'used' end as input_state
    from renewable as r
    inner join {{ ref('kpi_e10') }} as e on r.entity_id = e.entity_id and r.period_start = e.period_start
)

select
    kpi_id, entity_type, entity_id, period_start, dim_hash,
    {{ answer_input(
        'answer', "concat_ws(' ', question_id, nullif(item, ''))", 'value', 'value_state', 'unit',
        "case when value_state = 'not_applicable' or (is_imputed and question_id in ('" ~ injury_counts().values() | join("', '") ~ "')) then 'excluded'"
        ~ " when value is null then 'missing' else 'used' end",
        'delivery_id', 'row_number'
    ) }}
from used_answers
union all
{{ kpi_inputs('kpi_rows') }}
