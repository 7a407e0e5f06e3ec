-- Injuries and hours per company, year and group of workers. Counts are never imputed; hours fall back to
-- full-time equivalents (tier 5).
with answers as (
    select *
    from {{ ref('int_answers') }}
    where
        question_id in ('hours_worked', 'fte', 'lost_time_injuries', 'recordable_injuries')
        and item in ('', 'employee', 'non_employee')
        and not (is_imputed and question_id in ('lost_time_injuries', 'recordable_injuries'))
),

by_group as (
    select
        entity_id,
        year,
        item as worker_group,
        sum(case when question_id = 'lost_time_injuries' then value end) as lost_time_injuries,
        sum(case when question_id = 'recordable_injuries' then value end) as recordable_injuries,
        sum(case when question_id = 'hours_worked' then value end) as hours_worked,
        sum(case when question_id = 'fte' then value end) as fte,
        max(case when question_id = 'hours_worked' and value is not null then data_tier end) as hours_tier,
        bool_or(question_id = 'hours_worked' and is_imputed) as has_imputed_hours,
        max(case when question_id = 'lost_time_injuries' and value is not null then data_tier end) as lost_time_tier,
        max(case when question_id = 'recordable_injuries' and value is not null then data_tier end) as recordable_tier,
        bool_or(question_id = 'lost_time_injuries' and value_state <> 'not_applicable') as asks_lost_time,
        bool_or(question_id = 'recordable_injuries' and value_state <> 'not_applicable') as asks_recordable,
        bool_and(value_state = 'not_applicable') as is_not_applicable
    from answers
    group by entity_id, year, item
),

with_hours as (
    select
        *,
        coalesce(hours_worked, {{ exact("fte * " ~ parameter('hours_per_fte_fallback')) }}) as hours,
        coalesce(hours_tier, 5) as exposure_tier
    from by_group
)

select
    'S05' as kpi_id,
    entity_id,
    year,
    worker_group,
    lost_time_injuries as cases,
    hours,
    greatest(exposure_tier, lost_time_tier) as tier,
    has_imputed_hours,
    asks_lost_time or hours is not null as is_in_scope,
    is_not_applicable
from with_hours
union all
select
    'S06',
    entity_id,
    year,
    worker_group,
    recordable_injuries,
    hours,
    greatest(exposure_tier, recordable_tier),
    has_imputed_hours,
    asks_recordable or hours is not null,
    is_not_applicable
from with_hours
