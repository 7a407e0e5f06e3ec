with

tiers as (
    select * from {{ ref('int_tier_visibility') }} where tier <= 3 or visible_share > 0
),

unstated as (
    select * from {{ ref('int_input_totals') }} where coalesce(total_eur, 0) = 0
),

company_rows as (
    select
        'company' as entity_type,
        buyer_id as entity_id,
        year,
        cast(tier as varchar) as dim_category,
        visible_share as value,
        visible_share as value_low,
        visible_high_share as value_high,
        spend_coverage as coverage,
        1 as n_units,
        'ok' as base_status
    from tiers
    union all
    select
        'company', buyer_id, year, '1', cast(null as double), 0, 1, 0, 1,
        case when total_eur is null then 'not_reported' else 'undefined' end
    from unstated
),

-- The network sees what its buyers see, each with its spend: a ratio of sums.
network_rows as (
    select
        'network' as entity_type,
        'network' as entity_id,
        year,
        cast(tier as varchar) as dim_category,
        {{ ratio('fsum(total_eur * visible_share)', 'sum(total_eur)') }} as value,
        {{ ratio('fsum(total_eur * visible_share)', 'sum(total_eur)') }} as value_low,
        {{ ratio('fsum(total_eur * visible_high_share)', 'sum(total_eur)') }} as value_high,
        {{ ratio('fsum(total_eur * spend_coverage)', 'sum(total_eur)') }} as coverage,
        count(*) as n_units,
        'ok' as base_status
    from {{ ref('int_network_visibility') }}
    group by year, tier
),

all_rows as (
    select *, cast(null as varchar) as state from (
        select * from company_rows
        union all
        select * from network_rows
    ) as both_levels
),

{{ network_measured('all_rows') }}

{{ kpi_result('R19', 'measured', dims=['dim_category']) }}
