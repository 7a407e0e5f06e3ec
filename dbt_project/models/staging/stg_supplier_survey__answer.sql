-- Renames, maps the identifiers that a template sends (XBRL concepts) to the canonical questions, and applies the
-- crosswalk of the questionnaire: an answer whose question changed its meaning counts for no question of today.
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
),

crosswalk as (
    select
        from_version,
        question_id,
        action,
        to_question_id
    from {{ ref('questionnaire_crosswalk') }}
    qualify
        row_number() over (
            partition by from_version, question_id
            order by try_cast(to_version as integer) desc, questionnaire
        ) = 1
)

select
    a.entity_id,
    a.site_id,
    a.question_id as sent_question_id,
    -- Templates ask for employees as persons or as full-time equivalents; the unit tells which.
    case
        when coalesce(m.question_id, a.question_id) = 'headcount' and lower(a.unit) = 'fte' then 'fte'
        when c.action = 'carry_over' then c.to_question_id
        when c.action is not null then concat(a.question_id, '@', a.survey_version)
        else coalesce(m.question_id, a.question_id)
    end as question_id,
    case
        when c.action is not null then c.action
        when coalesce(m.question_id, q.question_id) is not null then 'current'
        else 'unclassified'
    end as crosswalk_state,
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
    a.consented_askers,
    a.channel,
    a.assurance_level,
    a.evidence_ref,
    a.evidence_sha256,
    a.submission_id,
    a.delivery_id,
    a.row_number,
    a.source_ref
from answers as a
left join question_map as m on a.question_id = m.sent_id
left join crosswalk as c on a.survey_version = c.from_version and a.question_id = c.question_id
left join {{ ref('survey_questions') }} as q on a.question_id = q.question_id
