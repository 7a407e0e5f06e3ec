{#-
  Relations that ended because of adverse impacts, and what was missing on the way (catalogue D05, UNGP 19 commentary):
  enabled = a capability-building action at least `enable_lead_days` before the notice, and a review of it before the notice.
-#}
with exits as (
    select e.*
    from {{ ref('stg_due_diligence_cases__exit') }} as e
    left join {{ ref('stg_landing__delivery') }} as d on e.delivery_id = d.delivery_id
    qualify row_number() over (partition by e.exit_id order by d.received_at desc, e.delivery_id desc) = 1
),

actions as (
    select a.*
    from {{ ref('stg_due_diligence_cases__action') }} as a
    left join {{ ref('stg_landing__delivery') }} as d on a.delivery_id = d.delivery_id
    where
        a.action_type in (
            'training', 'joint_corrective_plan', 'co_financing', 'technical_help', 'changed_purchasing_practice'
        )
    qualify row_number() over (partition by a.action_id order by d.received_at desc, a.delivery_id desc) = 1
),

lead as (
    select cast({{ parameter('enable_lead_days') }} as integer) as lead_days
),

judged as (
    select
        e.exit_id,
        e.entity_id,
        e.supplier_id,
        e.finding_id,
        e.exit_notice_at,
        coalesce(e.impact_assessed, false) as is_impact_assessed,
        -- an exception counts only where it is documented
        e.exception_code is not null and e.exception_evidence is not null as is_excepted,
        count(a.action_id) as n_actions,
        coalesce(bool_or(a.action_started_at <= e.exit_notice_at - l.lead_days), false) as has_timely_action,
        coalesce(bool_or(a.review_at between a.action_started_at and e.exit_notice_at), false) as has_review,
        coalesce(bool_or(
            a.action_started_at <= e.exit_notice_at - l.lead_days
            and a.review_at between a.action_started_at and e.exit_notice_at
        ), false) as is_enabled,
        e.delivery_id,
        e.row_number
    from exits as e
    cross join lead as l
    left join actions as a
        on
            e.entity_id = a.entity_id and e.supplier_id = a.supplier_id and e.exit_notice_at >= a.action_started_at
    where e.exit_reason = 'adverse_impact'
    group by all
)

select
    *,
    make_date(cast(extract(year from exit_notice_at) as integer), 1, 1) as period_start,
    case
        when is_excepted then 'excepted'
        when is_enabled then 'enabled'
        when n_actions = 0 then 'withdrawn_without_action'
        when not has_timely_action then 'withdrawn_too_early'
        when not has_review then 'withdrawn_without_review'
        else 'withdrawn_before_review_of_timely_action'
    end as exit_state
from judged
