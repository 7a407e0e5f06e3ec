{#- S01–S03 per scenario of the living wage: sums over workers, never means of categories. -#}
with cells as (
    select *
    from {{ ref('int_wages__cells') }}
    where not is_not_applicable
),

scenarios as (
    select distinct entity_id, year, scenario
    from {{ ref('int_wages__benchmarks') }}
    union
    select distinct entity_id, year, 'value' as scenario
    from cells
),

-- A place without the scenario's own benchmark keeps the one of the result.
benched as (
    select
        c.*,
        s.scenario,
        coalesce(own.living_wage_eur, main.living_wage_eur) as living_wage
    from cells as c
    inner join scenarios as s on c.entity_id = s.entity_id and c.year = s.year
    left join {{ ref('int_wages__benchmarks') }} as own
        on
            c.entity_id = own.entity_id and c.site_id is not distinct from own.site_id and c.year = own.year
            and s.scenario = own.scenario
    left join {{ ref('int_wages__benchmarks') }} as main
        on
            c.entity_id = main.entity_id and c.site_id is not distinct from main.site_id and c.year = main.year
            and main.scenario = 'value'
),

paid as (
    select
        *,
        is_complete and living_wage is not null as is_observed,
        cast(basic_wage as double) * least(1, {{ ratio(parameter('living_wage_hours_cap'), 'weekly_hours') }})
        + bonus + least(in_kind, {{ parameter('in_kind_cap_share') }} * living_wage) as pay
    from benched
),

gaps as (
    select
        *,
        case when n_workers > 0 then n_workers * greatest(0, living_wage - pay) else 0 end as gap,
        case when round(pay, 9) < living_wage then n_workers else 0 end as n_below
    from paid
)

select
    entity_id,
    year,
    worker_group,
    scenario,
    {{ ratio('sum(n_below) filter (where is_observed)', 'sum(n_workers) filter (where is_observed)') }} as share_below,
    round({{ ratio(
        'fsum(gap) filter (where is_observed)', 'fsum(living_wage * n_below) filter (where is_observed)'
    ) }}, 9) as gap_depth,
    round(12 * (fsum(gap) filter (where is_observed)), 9) as cost_to_close,
    coalesce(sum(n_workers) filter (where is_observed), 0) as observed_workers,
    sum(n_workers) as stated_workers,
    count(n_workers) as n_stated,
    count(*) as n_units,
    bool_or(is_observed) as has_observed,
    bool_or(is_complete) as has_complete,
    {{ ratio('max(n_workers) filter (where is_observed)', 'sum(n_workers) filter (where is_observed)') }}
        as widest_share,
    {{ weighed_mean('case when is_observed then tier end', 'case when is_observed then n_below end') }} as dq_below,
    {{ weighed_mean('case when is_observed then tier end', 'case when is_observed then gap end') }} as dq_gap,
    {{ weighed_mean('case when is_observed then cast(tier <= 2 as integer) end',
        'case when is_observed then n_below end') }} as primary_below,
    {{ weighed_mean('case when is_observed then cast(tier <= 2 as integer) end',
        'case when is_observed then gap end') }}
        as primary_gap,
    max(tier) filter (where is_observed) as worst_tier
from gaps
group by entity_id, year, worker_group, scenario
