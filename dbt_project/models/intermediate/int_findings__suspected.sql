-- Answers that look like a mistake of unit (catalogue §2.6). They stay in every KPI: people decide, not the rule.
with yearly as (
    select
        entity_id,
        coalesce(site_id, '') as site_id,
        question_id,
        coalesce(item, '') as item,
        year,
        cast(value as double) as value,
        unit,
        delivery_id,
        row_number
    from {{ ref('int_answers') }}
    where value > 0
),

compared as (
    select
        a.*,
        {{ ratio('a.value', 'b.value') }} as change
    from yearly as a
    inner join yearly as b
        on
            a.entity_id = b.entity_id
            and a.site_id = b.site_id
            and a.question_id = b.question_id
            and a.item = b.item
            and a.year = b.year + 1
),

slips as (
    select 1000.0 as factor, '1 000' as factor_text
    union all
    select 0.001, '1/1 000'
    union all
    select 3.6, '3.6'
    union all
    select 1 / 3.6, '1/3.6'
)

select
    'unit_suspicion' as finding_kind,
    c.entity_id,
    c.question_id,
    c.year,
    concat_ws(' ', cast(round(c.value, 6) as varchar), c.unit) as found,
    concat_ws(' ', c.question_id, nullif(c.item, ''), 'is', s.factor_text, 'times the previous year') as message,
    'Check the unit of the answer; send a corrected answer or confirm the value.' as fix,
    c.delivery_id,
    c.row_number
from compared as c
inner join slips as s on abs({{ ratio('c.change', 's.factor') }} - 1) <= 0.02

union all

select
    'unreadable_answer' as finding_kind,
    entity_id,
    question_id,
    cast(extract(year from period_end) as integer) as year,
    concat_ws(' ', value_raw, unit_raw, currency) as found,
    concat(question_id, ' has a value that cannot be brought to its unit') as message,
    'Give the unit (and the currency of money) as the questionnaire lists them, then send the answer again.' as fix,
    delivery_id,
    row_number
from {{ ref('int_answers__ranked') }}
where is_current and value_state = 'value' and state = 'unknown'
