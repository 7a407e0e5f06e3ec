with

tiers as (
    select * from {{ ref('int_tier_visibility') }}
),

depths as (
    select node_id, year, upstream_depth from {{ ref('int_graph_measures') }}
),

-- What is seen of tier t is spend that stands t steps upstream: the tier belongs to the relation, not to the company.
companies as (
    select
        t.buyer_id as entity_id,
        t.year,
        max(d.upstream_depth) as longest,
        {{ ratio('fsum(t.tier * t.visible_share)', 'fsum(t.visible_share)') }} as weighted_mean,
        max(t.spend_coverage) as coverage,
        count(*) filter (where t.visible_share > 0) as n_units
    from tiers as t
    left join depths as d on t.buyer_id = d.node_id and t.year = d.year
    group by t.buyer_id, t.year
),

unstated as (
    select i.buyer_id as entity_id, i.year, d.upstream_depth, i.spend_coverage
    from {{ ref('int_input_totals') }} as i
    left join depths as d on i.buyer_id = d.node_id and i.year = d.year
    where coalesce(i.total_eur, 0) = 0
),

company_rows as (
    select
        entity_id,
        year,
        'longest' as dim_variant,
        cast(longest as double) as value,
        coverage,
        n_units,
        'ok' as base_status
    from companies
    union all
    select entity_id, year, 'spend_weighted_mean', weighted_mean, coverage, n_units, 'ok' from companies
    union all
    -- The longest known chain needs edges only; the mean needs to know what the edges leave out.
    select entity_id, year, 'longest', upstream_depth, spend_coverage, 1, 'ok' from unstated
    union all
    select entity_id, year, 'spend_weighted_mean', null, 0, 0, 'not_reported' from unstated
),

all_rows as (
    select
        *,
        'company' as entity_type,
        -- Nobody knows how much deeper the chain goes than what is seen of it.
        value as value_low,
        cast(null as double) as value_high,
        cast(null as varchar) as state
    from company_rows
),

{{ network_measured('all_rows') }}

{{ kpi_result('R18', 'measured', dims=['dim_variant']) }}
