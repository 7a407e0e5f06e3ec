with

items as (
    select
        *,
        gap_days * net_units * margin_eur as pi_eur,
        coalesce(gap_days, gap_median) * net_units * margin_eur as pi_low,
        coalesce(gap_days, gap_p90) * net_units * margin_eur as pi_high
    from {{ ref('int_stock_items') }}
),

ranked as (
    select *, max(pi_eur) over (partition by entity_id, year) as largest_pi
    from items
),

item_rows as (
    select
        *,
        'index' as dim_variant,
        -- Where no item loses anything, every index is 0.
        case when largest_pi = 0 then pi_eur else {{ ratio('pi_eur', 'largest_pi') }} end as value,
        case when pi_eur is null then 0 else {{ ratio('pi_eur', 'largest_pi') }} end as value_low,
        case when pi_eur is null then 1 else {{ ratio('pi_eur', 'largest_pi') }} end as value_high
    from ranked
    union all
    select *, 'performance_impact', pi_eur, coalesce(pi_eur, pi_low), coalesce(pi_eur, pi_high)
    from ranked
),

company_rows as (
    select
        entity_id,
        year,
        max(pi_eur) as value,
        -- The largest of the known items is a lower bound of the largest of all.
        coalesce(max(pi_eur), max(pi_low)) as value_low,
        max(coalesce(pi_eur, pi_high)) as value_high,
        {{ critical_coverage('pi_eur is not null') }} as coverage,
        count(*) as n_units
    from items
    group by entity_id, year
),

all_rows as (
    select
        'relation' as entity_type,
        entity_id || '|' || coalesce(supplier_id, site_id, '') as entity_id,
        item_id || coalesce('@' || site_id, '') as dim_category,
        dim_variant,
        year,
        value,
        value_low,
        value_high,
        case when pi_eur is not null then 1 else 0 end as coverage,
        1 as n_units,
        cast(null as varchar) as state,
        case when pi_eur is null then 'not_reported' else 'ok' end as base_status
    from item_rows
    union all
    select
        'company',
        entity_id,
        null,
        'largest_performance_impact',
        year,
        value,
        value_low,
        value_high,
        coverage,
        n_units,
        null,
        case when value is null then 'not_reported' else 'ok' end
    from company_rows
),

{{ network_measured('all_rows') }}

{{ kpi_result('R15', 'measured', dims=['dim_category', 'dim_variant'],
    unit="case when dim_variant <> 'index' then 'EUR' end") }}
