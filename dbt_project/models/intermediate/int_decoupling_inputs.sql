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
        case when base0 is null then d0 else {{ ratio('d0', 'base0') }} end,
        case when base1 is null then d1 else {{ ratio('d1', 'base1') }} end,
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
    e.entity_type,
    e.entity_id,
    e.dim_sector,
    e.pair_id,
    q.is_bounded_driver,
    make_date(cast(e.year_from as integer), 1, 1) as period_start,
    make_date(cast(e.year_to as integer), 12, 31) as period_end,
    e.p0,
    e.p1,
    e.d0,
    e.d1,
    {{ interval_end('e.p0', 'e.p0_half_width', '-') }} as p0_low,
    {{ interval_end('e.p0', 'e.p0_half_width', '+') }} as p0_high,
    {{ interval_end('e.p1', 'e.p1_half_width', '-') }} as p1_low,
    {{ interval_end('e.p1', 'e.p1_half_width', '+') }} as p1_high,
    e.coverage0,
    e.coverage1,
    e.n_units,
    e.dq_score,
    e.primary_share,
    e.imputed_share,
    e.worst_tier
from ends as e
inner join {{ ref('decoupling_pairs') }} as q on e.pair_id = q.pair_id
