-- Companies with complete values at both ends of a period pair: only they are compared, so that the number of
-- reporters cannot look like growth.
with years as (
    select distinct year
    from {{ ref('int_answers__entities') }}
    where is_registered
),

period_pairs as (
    select
        year as year_from,
        lead(year) over (order by year) as year_to
    from years
    union
    select
        min(year),
        max(year)
    from years
),

companies as (
    select * from {{ ref('int_network_totals__companies') }}
    where is_complete
)

select
    p.year_from,
    p.year_to,
    a.pair_id,
    a.entity_id,
    b.sector,
    a.pressure as p0,
    b.pressure as p1,
    a.half_width as p0_half_width,
    b.half_width as p1_half_width,
    a.driver as d0,
    b.driver as d1,
    a.driver_base as base0,
    b.driver_base as base1,
    a.revenue_eur_const as weight0,
    b.revenue_eur_const as weight1,
    a.coverage as coverage0,
    b.coverage as coverage1,
    b.dq_score,
    b.primary_share,
    greatest(a.imputed_share, b.imputed_share) as imputed_share,
    greatest(a.worst_tier, b.worst_tier) as worst_tier
from period_pairs as p
inner join companies as a on p.year_from = a.year
inner join companies as b on p.year_to = b.year and a.entity_id = b.entity_id and a.pair_id = b.pair_id
where p.year_to > p.year_from
