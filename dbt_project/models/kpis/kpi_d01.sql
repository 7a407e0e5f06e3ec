with

sites as (
    select
        entity_id,
        make_date(cast(extract(year from assessment_at) as integer), 1, 1) as period_start,
        count(distinct site_id) as n_sites
    from {{ ref('stg_due_diligence_cases__assessment') }}
    group by all
),

findings as (
    select
        entity_id,
        period_start,
        case when grouping(level) = 1 then 'all' else coalesce(level, 'undecided') end as level,
        case when grouping(issue_code) = 1 then '' else '|' || issue_code end as issue,
        count(*) as n_findings
    from {{ ref('int_impacts') }}
    where is_new and impact_kind = 'actual'
    group by grouping sets (
        (entity_id, period_start), (entity_id, period_start, level), (entity_id, period_start, level, issue_code),
        (entity_id, period_start, issue_code)
    )
),

-- an assessed year without findings of a level says 0; an unassessed one says nothing
cells as (
    select
        s.entity_id,
        s.period_start,
        l.level || coalesce(f.issue, '') as dim_category,
        s.n_sites,
        coalesce(f.n_findings, 0) as n_findings
    from sites as s
    cross join unnest(['all', 'cause', 'contribute', 'directly_linked', 'undecided']) as l (level)
    left join findings as f
        on s.entity_id = f.entity_id and s.period_start = f.period_start and l.level = f.level
    where f.n_findings is not null or l.level <> 'undecided'
),

measured as (
    select
        'company' as entity_type,
        c.entity_id,
        c.period_start,
        cast(c.period_start + interval 1 year - interval 1 day as date) as period_end,
        c.dim_category,
        v.dim_variant,
        case v.dim_variant when 'count' then 'count' end as own_unit,
        case v.dim_variant
            when 'count' then c.n_findings else 100 * {{ ratio('c.n_findings', 'c.n_sites') }}
        end as value,
        case when v.dim_variant <> 'count' then 100 * {{ byar_low('c.n_findings') }} / c.n_sites end as value_low,
        case when v.dim_variant <> 'count' then 100 * {{ byar_high('c.n_findings') }} / c.n_sites end as value_high,
        cast(null as varchar) as state,
        a.coverage,
        c.n_sites as n_units,
        {{ counted_quality() }},
        'ok' as base_status
    from cells as c
    cross join unnest(['rate', 'count']) as v (dim_variant)
    left join {{ ref('int_assessed_spend') }} as a on c.entity_id = a.entity_id and c.period_start = a.period_start
)

{{ kpi_result('D01', 'measured', dims=['dim_category', 'dim_variant'], unit='own_unit') }}
