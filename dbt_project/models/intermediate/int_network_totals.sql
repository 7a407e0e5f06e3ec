-- Totals of the panel for the network ('all') and each sector, with the share of all companies in scope it stands for.
with panel as (
    select
        *,
        'all' as scope
    from {{ ref('int_network_totals__panel') }}
    union all
    select
        *,
        sector
    from {{ ref('int_network_totals__panel') }}
    where sector is not null
),

companies as (
    select
        year,
        sector,
        revenue_eur_const
    from {{ ref('int_answers__entities') }}
    where is_registered and entity_type = 'company'
),

in_scope as (
    select
        year,
        'all' as scope,
        sum(revenue_eur_const) as weight
    from companies
    group by year
    union all
    select
        year,
        sector,
        sum(revenue_eur_const)
    from companies
    where sector is not null
    group by year, sector
),

summed as (
    select
        pair_id,
        scope,
        year_from,
        year_to,
        sum(p0) as p0,
        sum(p1) as p1,
        case when count(base0) = 0 then sum(d0) else {{ ratio('sum(d0)', 'sum(base0)') }} end as d0,
        case when count(base1) = 0 then sum(d1) else {{ ratio('sum(d1)', 'sum(base1)') }} end as d1,
        sqrt(cast(sum({{ exact('power(p0_half_width, 2)') }}) as double)) as p0_half_width,
        sqrt(cast(sum({{ exact('power(p1_half_width, 2)') }}) as double)) as p1_half_width,
        sum(weight0) as weight0,
        sum(weight1) as weight1,
        count(*) as n_units,
        {{ weighed_mean('dq_score', 'p1') }} as dq_score,
        {{ weighed_mean('primary_share', 'p1') }} as primary_share,
        {{ weighed_mean('imputed_share', 'p1') }} as imputed_share,
        max(worst_tier) as worst_tier
    from panel
    group by pair_id, scope, year_from, year_to
)

select
    s.pair_id,
    s.scope,
    s.year_from,
    s.year_to,
    s.p0,
    s.p1,
    s.d0,
    s.d1,
    s.p0_half_width,
    s.p1_half_width,
    {{ ratio('s.weight0', 'a.weight') }} as coverage0,
    {{ ratio('s.weight1', 'b.weight') }} as coverage1,
    s.n_units,
    s.dq_score,
    s.primary_share,
    s.imputed_share,
    s.worst_tier
from summed as s
left join in_scope as a on s.scope = a.scope and s.year_from = a.year
left join in_scope as b on s.scope = b.scope and s.year_to = b.year
