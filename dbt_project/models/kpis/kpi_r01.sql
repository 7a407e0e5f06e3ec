with

shares as (
    select * from {{ ref('int_supply_shares') }}
),

cells as (
    select
        cell_kind,
        owner_id,
        category_id,
        hs_revision,
        year,
        'headline' as dim_variant,
        {{ hhi('share') }} as value,
        {{ hhi_low('share', 'unknown_share') }} as value_low,
        {{ hhi_high('share', 'unknown_share') }} as value_high,
        count(*) filter (where spend > 0) as n_groups,
        sum(spend) as spend,
        sum(spend_weight) as spend_weight,
        sum(n_weighed) as n_weighed,
        sum(n_lines) as n_lines
    from shares
    group by cell_kind, owner_id, category_id, hs_revision, year
),

{{ supply_levels('cells') }}

{{ kpi_result('R01', 'measured', dims=['dim_category', 'dim_variant']) }}
