-- Pressure and driver at both ends for the network, its sectors and each company of the panel.
with totals as (
    select * from {{ ref('int_network_totals') }}
),

panel as (
    select * from {{ ref('int_network_totals__panel') }}
),

ends as (
    select
        'network' as entity_type,
        'network' as entity_id,
        scope as dim_sector,
        pair_id,
        year_from,
        year_to,
        p0,
        p1,
        d0,
        d1,
        p0_half_width,
        p1_half_width,
        coverage0,
        coverage1,
        n_units,
        dq_score,
        primary_share,
        imputed_share,
        worst_tier
    from totals
    union all
    select
        'company',
        entity_id,
        coalesce(sector, 'all'),
        pair_id,
        year_from,
        year_to,
        p0,
        p1,
        d0,
        d1,
        p0_half_width,
        p1_half_width,
        coverage0,
        coverage1,
        1,
        dq_score,
        primary_share,
        imputed_share,
        worst_tier
    from panel
)

select
    entity_type,
    entity_id,
    dim_sector,
    pair_id,
    make_date(cast(year_from as integer), 1, 1) as period_start,
    make_date(cast(year_to as integer), 12, 31) as period_end,
    p0,
    p1,
    d0,
    d1,
    p0 - p0_half_width as p0_low,
    p0 + p0_half_width as p0_high,
    p1 - p1_half_width as p1_low,
    p1 + p1_half_width as p1_high,
    coverage0,
    coverage1,
    n_units,
    dq_score,
    primary_share,
    imputed_share,
    worst_tier
from ends
