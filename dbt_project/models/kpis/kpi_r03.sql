with

shares as (
    select * from {{ ref('int_supply_shares') }}
),

three_largest as (
    select
        cell_kind,
        owner_id,
        category_id,
        hs_revision,
        year,
        fsum(case when size_rank <= 3 then share end) as cr3,
        max(unknown_share) as unknown_share,
        count(*) filter (where spend > 0) as n_groups,
        sum(spend) as spend,
        sum(spend_weight) as spend_weight,
        sum(n_weighed) as n_weighed,
        sum(n_lines) as n_lines
    from shares
    group by cell_kind, owner_id, category_id, hs_revision, year
),

cells as (
    select
        *,
        'headline' as dim_variant,
        cr3 as value,
        cr3 * (1 - unknown_share) as value_low,
        cr3 * (1 - unknown_share) + unknown_share as value_high
    from three_largest
),

{{ supply_levels('cells') }}

{{ kpi_result('R03', 'measured', dims=['dim_category', 'dim_variant']) }}
