-- Cases and hours of complete pairs per company, year and group of workers ('total' is all), for S05, S06 and S07.
with worker_groups as (
    select
        *,
        cases is not null and hours is not null as is_complete,
        bool_or(worker_group = '' and cases is not null) over (
            partition by kpi_id, entity_id, year
        ) as has_own_total
    from {{ ref('int_safety__groups') }}
),

-- A total that the company gave itself replaces the sum of its groups.
assigned as (
    select
        *,
        'total' as result_group
    from worker_groups
    where not has_own_total or worker_group = ''
    union all
    select
        *,
        worker_group
    from worker_groups
    where worker_group <> ''
)

select
    kpi_id,
    entity_id,
    year,
    result_group as worker_group,
    sum(case when is_complete then cases end) as cases,
    sum(case when is_complete then hours end) as hours,
    coalesce(
        {{ ratio('sum(case when is_complete then hours end)', 'sum(case when is_in_scope then hours end)') }}, 0
    )
    -- A group whose hours nobody knows weighs as much as the average group.
    * coalesce(
        {{ ratio('count(case when is_in_scope then hours end)', 'sum(cast(is_in_scope as integer))') }}, 0
    ) as coverage,
    sum(cast(is_in_scope as integer)) as n_units,
    {{ weighed_mean('case when is_complete then tier end', 'hours') }} as dq_score,
    {{ weighed_mean('case when is_complete then cast(tier <= 2 as integer) end', 'hours') }} as primary_share,
    {{ weighed_mean('case when is_complete then cast(has_imputed_hours as integer) end', 'hours') }} as imputed_share,
    max(case when is_complete then tier end) as worst_tier,
    case
        when bool_and(is_not_applicable) then 'not_applicable'
        when bool_or(is_complete) then 'ok'
        else 'not_reported'
    end as base_status
from assigned
group by kpi_id, entity_id, year, result_group
