{#- Which answers and which living wages the results on work and conduct were made of. -#}
with results as (
    {{ union_of(conduct_models(), result_columns()) }}
),

answers as (
    select
        r.kpi_id, r.entity_type, r.entity_id, r.period_start, r.dim_hash,
        a.question_id, a.item, a.value, coalesce(a.stated_text, a.value_state) as stated_text, a.unit, a.value_state,
        a.is_imputed, a.delivery_id, a.row_number
    from results as r
    inner join {{ ref('kpi_questions') }} as q
        on r.kpi_id = q.kpi_id and (coalesce(q.dim_variant, '') = '' or r.dim_variant = q.dim_variant)
    inner join {{ ref('int_stated_answers') }} as a
        on
            q.question_id = a.question_id and r.period_start = make_date(cast(a.year as integer), 1, 1)
            and r.entity_id = case r.entity_type when 'site' then a.entity_id || '|' || a.site_id else a.entity_id end
            and (r.kpi_id not in ('S01', 'S02', 'S03') or r.dim_category is null or r.dim_category = a.gender)
),

benchmarks as (
    select
        r.kpi_id, r.entity_type, r.entity_id, r.period_start, r.dim_hash, b.scenario, b.delivery_id, b.row_number,
        min(b.living_wage_eur) as living_wage_eur
    from results as r
    inner join {{ ref('int_wages__benchmarks') }} as b
        on r.entity_id = b.entity_id and r.period_start = make_date(cast(b.year as integer), 1, 1)
    where r.kpi_id in ('S01', 'S02', 'S03') and b.scenario <> 'value'
    group by all
)

select
    kpi_id, entity_type, entity_id, period_start, dim_hash,
    {{ answer_input(
        'answer', "concat_ws(' ', question_id, nullif(item, ''))", 'value', 'stated_text', 'unit',
        "case when value_state = 'not_applicable' then 'excluded'"
        ~ " when value_state = 'unknown' or (is_imputed and value is null) then 'missing' else 'used' end",
        'delivery_id', 'row_number'
    ) }}
from answers
union all
select
    kpi_id, entity_type, entity_id, period_start, dim_hash,
    {{ answer_input(
        'factor', "'living wage, ' || scenario", 'living_wage_eur', 'null', "'EUR per month'", "'used'",
        'delivery_id', 'row_number'
    ) }}
from benchmarks
