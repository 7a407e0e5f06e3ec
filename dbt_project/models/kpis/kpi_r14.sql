with

items as (
    select * from {{ ref('int_stock_items') }}
),

item_rows as (
    select
        'relation' as entity_type,
        entity_id || '|' || coalesce(supplier_id, site_id, '') as entity_id,
        item_id || coalesce('@' || site_id, '') as dim_category,
        year,
        'gap' as dim_variant,
        gap_days as value,
        coalesce(gap_days, gap_median) as value_low,
        coalesce(gap_days, gap_p90) as value_high,
        case when is_complete and net_units = 0 then 'unlimited' end as state,
        case when gap_days is not null then 1 else 0 end as coverage,
        1 as n_units,
        case when gap_days is null then 'not_reported' else 'ok' end as base_status
    from items
),

company_rows as (
    select
        'company' as entity_type,
        entity_id,
        cast(null as varchar) as dim_category,
        year,
        'share_of_items' as dim_variant,
        {{ ratio('count(*) filter (where gap_days > 0)', 'count(gap_days)') }} as value,
        {{ ratio('count(*) filter (where coalesce(gap_days, gap_median) > 0)', 'count(*)') }} as value_low,
        {{ ratio('count(*) filter (where coalesce(gap_days, gap_p90, 1) > 0)', 'count(*)') }} as value_high,
        cast(null as varchar) as state,
        {{ critical_coverage('gap_days is not null') }} as coverage,
        count(*) as n_units,
        case when count(gap_days) = 0 then 'not_reported' else 'ok' end as base_status
    from items
    group by entity_id, year
    union all
    select
        'company',
        entity_id,
        null,
        year,
        'share_of_spend',
        {{ ratio('coalesce(sum(case when gap_days > 0 then spend_eur end), 0)',
            'sum(case when gap_days is not null then spend_eur end)') }},
        {{ ratio('coalesce(sum(case when coalesce(gap_days, gap_median) > 0 then spend_eur end), 0)',
            'sum(spend_eur)') }},
        {{ ratio('coalesce(sum(case when coalesce(gap_days, gap_p90, 1) > 0 then spend_eur end), 0)',
            'sum(spend_eur)') }},
        null,
        {{ critical_coverage('gap_days is not null') }},
        count(*),
        case when count(case when gap_days is not null then spend_eur end) = 0 then 'not_reported' else 'ok' end
    from items
    group by entity_id, year
),

both_levels as (
    select * from item_rows
    union all
    select * from company_rows
),

-- What is known of the other items may lie beyond both assumptions about the unknown ones.
all_rows as (
    select * replace (least(value_low, value) as value_low, greatest(value_high, value) as value_high)
    from both_levels
),

{{ network_measured('all_rows') }}

{{ kpi_result('R14', 'measured', dims=['dim_category', 'dim_variant'],
    unit="case when dim_variant <> 'gap' then 'share' end") }}
