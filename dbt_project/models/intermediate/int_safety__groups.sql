-- Injuries and hours per company, year and group of workers. Counts are never imputed; hours fall back to
-- full-time equivalents (tier 5).
{% set counts = injury_counts().values() | list -%}
with answers as (
    select *
    from {{ ref('int_answers') }}
    where
        item in ('', 'employee', 'non_employee')
        and (
            question_id in ('hours_worked', 'fte')
            or (
                question_id in ('{{ counts | join("', '") }}')
                and not is_imputed
            )
        )
),

by_group as (
    select
        entity_id,
        year,
        item as worker_group,
        {%- for question in counts %}
        sum(case when question_id = '{{ question }}' then value end) as {{ question }},
        max(case when question_id = '{{ question }}' and value is not null then data_tier end) as {{ question }}_tier,
        bool_or(question_id = '{{ question }}' and value_state <> 'not_applicable') as asks_{{ question }},
        {%- endfor %}
        sum(case when question_id = 'hours_worked' then value end) as hours_worked,
        sum(case when question_id = 'fte' then value end) as fte,
        max(case when question_id = 'hours_worked' and value is not null then data_tier end) as hours_tier,
        bool_or(question_id = 'hours_worked' and is_imputed) as has_imputed_hours,
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

{% for kpi_id, question in injury_counts().items() -%}
select
    '{{ kpi_id }}' as kpi_id,
    entity_id,
    year,
    worker_group,
    {{ question }} as cases,
    hours,
    greatest(exposure_tier, {{ question }}_tier) as tier,
    has_imputed_hours,
    asks_{{ question }} or hours is not null as is_in_scope,
    is_not_applicable
from with_hours
{% if not loop.last %}union all
{% endif %}
{%- endfor %}
