with

shares as (
    select * from {{ ref('int_supply_shares') }}
),

concentrations as (
    select
        cell_kind,
        owner_id,
        category_id,
        hs_revision,
        year,
        {{ hhi('share') }} as hhi,
        {{ hhi_low('share', 'unknown_share') }} as hhi_low,
        {{ hhi_high('share', 'unknown_share') }} as hhi_high,
        count(*) filter (where spend > 0) as n_groups,
        sum(spend) as spend,
        sum(spend_weight) as spend_weight,
        sum(n_weighed) as n_weighed,
        sum(n_lines) as n_lines
    from shares
    group by cell_kind, owner_id, category_id, hs_revision, year
),

least_possible as (
    select
        *,
        {{ ratio('1', 'n_groups') }} as hhi_min
    from concentrations
),

cells as (
    select
        *,
        'headline' as dim_variant,
        case when n_groups = 1 then 1 else {{ ratio('hhi - hhi_min', '1 - hhi_min') }} end as value,
        case when n_groups > 1 then greatest(0, {{ ratio('hhi_low - hhi_min', '1 - hhi_min') }}) end as value_low,
        case when n_groups = 1 then 1 else {{ ratio('hhi_high - hhi_min', '1 - hhi_min') }} end as value_high
    from least_possible
),

{{ supply_levels('cells') }}

{{ kpi_result('R02', 'measured', dims=['dim_category', 'dim_variant']) }}
