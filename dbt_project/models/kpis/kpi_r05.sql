with

lines as (
    select * from {{ ref('int_supply_lines') }}
),

groups as (
    select
        cell_kind,
        owner_id,
        hs_revision,
        item_cell,
        year,
        group_id,
        coalesce(sum(spend), 0) as spend,
        sum(spend_weight) as spend_weight,
        count(spend_weight) as n_weighed,
        count(*) as n_lines,
        max(delivery_date) as last_delivery_date,
        max(alternatives_qualified) as alternatives_qualified
    from lines
    group by cell_kind, owner_id, hs_revision, item_cell, year, group_id
),

groups_judged as (
    select
        *,
        {{ ratio('spend', 'sum(spend) over (partition by cell_kind, owner_id, hs_revision, item_cell, year)') }}
        >= {{ parameter('active_supplier_min_share') }}
        and last_delivery_date > make_date(year, 12, 31)
        - cast({{ parameter('active_supplier_months') }} as integer) * interval 1 month as is_active
    from groups
),

cells as (
    select
        cell_kind,
        owner_id,
        hs_revision,
        item_cell,
        year,
        sum(spend) as spend,
        sum(spend_weight) as spend_weight,
        sum(n_weighed) as n_weighed,
        sum(n_lines) as n_lines,
        count(*) filter (where is_active) = 1 as is_single,
        max(alternatives_qualified) as alternatives_qualified
    from groups_judged
    group by cell_kind, owner_id, hs_revision, item_cell, year
),

cells_of_entities as (
    select *, 'company' as entity_type, owner_id as entity_id from cells where cell_kind = 'purchase'
    union all
    select *, 'region' as entity_type, owner_id as entity_id from cells where cell_kind = 'trade'
    union all
    select *, 'country_product' as entity_type, replace(item_cell, 'category:', owner_id || '|') as entity_id
    from cells
    where cell_kind = 'trade'
),

entities as (
    select
        entity_type,
        entity_id,
        cell_kind,
        hs_revision as dim_category,
        year,
        count(*) as n_units,
        sum(spend) as total,
        coalesce(sum(spend) filter (where is_single), 0) as single,
        coalesce(sum(spend) filter (where is_single and alternatives_qualified = 0), 0) as sole,
        coalesce(sum(spend) filter (where is_single and alternatives_qualified is null), 0) as undecided,
        {{ spend_coverage() }} as known_share
    from cells_of_entities
    group by entity_type, entity_id, cell_kind, hs_revision, year
),

{{ single_source_rows('entities') }}

{{ kpi_result('R05', 'measured', dims=['dim_category', 'dim_variant']) }}
