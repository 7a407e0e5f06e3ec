{#- Stock kept by supplier is one stock of the site: units and need are added up before they are divided. -#}
with

items as (
    select
        entity_id,
        site_id,
        item_id,
        year,
        sum(on_hand_units) as on_hand_units,
        max(demand_units_per_day) as demand_units_per_day,
        sum(spend_eur) as spend_eur
    from {{ ref('int_stock_items') }}
    where is_critical
    group by entity_id, site_id, item_id, year
),

buffers as (
    select *, true as is_critical, {{ ratio('on_hand_units', 'demand_units_per_day') }} as days from items
),

site_rows as (
    select
        'site' as entity_type,
        coalesce(site_id, entity_id) as entity_id,
        item_id as dim_category,
        year,
        'item' as dim_variant,
        days as value,
        1.0 as coverage,
        1 as n_units
    from buffers
),

company_rows as (
    select
        'company' as entity_type,
        entity_id,
        cast(null as varchar) as dim_category,
        year,
        'minimum' as dim_variant,
        min(days) as value,
        {{ critical_coverage('days is not null') }} as coverage,
        count(*) as n_units
    from buffers
    group by entity_id, year
    union all
    select
        'company',
        entity_id,
        null,
        year,
        'spend_weighted_mean',
        {{ ratio('fsum(days * spend_eur)', 'sum(case when days is not null then spend_eur end)') }},
        {{ critical_coverage('days is not null') }},
        count(*)
    from buffers
    group by entity_id, year
),

-- Units in stock and need per day are measured: tier 2, and their relative half-widths add in squares (U1).
widths as (
    select sqrt(2 * power(u_rel, 2)) as u_rel from {{ ref('data_tiers') }} where tier = 2
),

all_rows as (
    select
        r.*,
        r.value * (1 - w.u_rel) as value_low,
        r.value * (1 + w.u_rel) as value_high,
        cast(null as varchar) as state,
        'ok' as base_status
    from (
        select * from site_rows
        union all
        select * from company_rows
    ) as r
    cross join widths as w
),

{{ network_measured('all_rows') }}

{{ kpi_result('R22', 'measured', dims=['dim_category', 'dim_variant']) }}
