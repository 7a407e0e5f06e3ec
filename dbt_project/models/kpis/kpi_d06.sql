with

impacts as (
    select * from {{ ref('int_impacts') }} where impact_kind = 'actual'
),

-- the day on which an earlier finding of the same site and issue was closed with a verified remedy
closures as (
    select distinct site_id, issue_code, finding_id, verified_at
    from {{ ref('int_impact_states') }}
    where verified_at is not null and impact_kind = 'actual'
),

new_findings as (
    select
        i.finding_id,
        i.entity_id,
        i.supplier_id,
        i.site_id,
        i.period_start,
        i.period_end,
        coalesce(bool_or(c.finding_id is not null), false) as is_repeat
    from impacts as i
    left join closures as c
        on
            i.site_id = c.site_id and i.issue_code = c.issue_code and i.finding_id <> c.finding_id
            and i.identified_at > c.verified_at
            and i.identified_at
            <= c.verified_at + to_months(cast({{ parameter('repeat_window_months') }} as integer))
    where i.is_new
    group by all
),

owners as (
    select *, entity_id as owner_id, 'own_cases' as owner_role from new_findings
    union all
    select *, supplier_id as owner_id, 'as_supplier' as owner_role from new_findings where supplier_id is not null
),

per_site as (
    select
        owner_id, owner_role, period_start, period_end, site_id,
        count(distinct finding_id) as n_findings,
        count(distinct case when is_repeat then finding_id end) as n_repeats
    from owners
    group by owner_id, owner_role, period_start, period_end, site_id
),

sums as (
    select
        owner_id, owner_role, period_start, period_end,
        sum(n_findings) as n_findings,
        sum(n_repeats) as n_repeats,
        count(case when n_repeats >= 2 then 1 end) as n_sites,
        string_agg(case when n_repeats >= 2 then site_id end, ', ' order by site_id) as sites
    from per_site
    group by owner_id, owner_role, period_start, period_end
),

variants as (
    select *, 'rate' as measure, 'share' as own_unit, {{ ratio('n_repeats', 'n_findings') }} as value from sums
    union all
    select *, 'sites_with_2_repeats' as measure, 'count' as own_unit, n_sites as value from sums
),

measured as (
    select
        'company' as entity_type,
        owner_id as entity_id,
        period_start,
        period_end,
        owner_role as dim_category,
        measure as dim_variant,
        own_unit,
        value,
        case when measure = 'rate' then {{ wilson('n_repeats', 'n_findings', '-') }} end as value_low,
        case when measure = 'rate' then {{ wilson('n_repeats', 'n_findings', '+') }} end as value_high,
        case when measure <> 'rate' then sites end as state,
        1 as coverage,
        n_findings as n_units,
        {{ counted_quality() }},
        'ok' as base_status
    from variants
)

{{ kpi_result('D06', 'measured', dims=['dim_category', 'dim_variant'], unit='own_unit') }}
