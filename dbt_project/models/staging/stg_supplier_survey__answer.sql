-- Renames, and maps the identifiers that a template sends (XBRL concepts) to the canonical questions.
with answers as (
    select *
    from {{ source('landing', 'supplier_survey__answers') }}
),

question_map as (
    select
        sent_id,
        question_id,
        item
    from {{ ref('question_map') }}
)

select
    a.entity_id,
    a.site_id,
    a.question_id as sent_question_id,
    -- Templates ask for employees as persons or as full-time equivalents; the unit tells which.
    case
        when coalesce(m.question_id, a.question_id) = 'headcount' and lower(a.unit) = 'fte' then 'fte'
        else coalesce(m.question_id, a.question_id)
    end as question_id,
    lower(trim(coalesce(m.item, a.item, ''))) as item,
    a.value as value_raw,
    a.value_num,
    a.unit as unit_raw,
    a.currency,
    a.value_state,
    a.na_reason,
    a.data_tier,
    a.method,
    a.verified_by,
    a.verified_at,
    a.u_rel,
    a.period_start,
    a.period_end,
    a.minutes_spent,
    a.reused_from,
    a.answered_at,
    a.survey_version,
    a.delivery_id,
    a.row_number,
    a.source_ref
from answers as a
left join question_map as m on a.question_id = m.sent_id
