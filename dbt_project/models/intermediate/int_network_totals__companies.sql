-- Pressure and driver of each decoupling pair per company and year, with what a panel needs to know of both.
with results as (
    select
        r.*,
        d.min_coverage
    from (
        select * from {{ ref('int_emissions') }}
        union all
        select * from {{ ref('int_energy') }}
    ) as r
    inner join {{ ref('kpi_definitions') }} as d on r.kpi_id = d.kpi_id
),

-- Which results make up the pressure of a pair (seed decoupling_pairs).
terms as (
    select
        pair_id,
        kpi_id,
        category,
        count(*) over (partition by pair_id) as n_terms
    from {{ ref('int_network_totals__terms') }}
),

pressures as (
    select
        t.pair_id,
        r.entity_id,
        r.year,
        sum(r.value) as pressure,
        sqrt(cast(sum({{ exact('power(r.half_width, 2)') }}) as double)) as half_width,
        count(r.value) = max(t.n_terms) as has_all_terms,
        bool_and(r.base_status = 'ok' and round(r.coverage, 9) >= r.min_coverage) as is_covered,
        min(r.coverage) as coverage,
        {{ weighed_mean('r.dq_score', 'r.value') }} as dq_score,
        {{ weighed_mean('r.primary_share', 'r.value') }} as primary_share,
        {{ weighed_mean('r.imputed_share', 'r.value') }} as imputed_share,
        max(r.worst_tier) as worst_tier
    from results as r
    inner join terms as t on r.kpi_id = t.kpi_id and coalesce(r.dim_category, '') = t.category
    group by t.pair_id, r.entity_id, r.year
)

select
    p.pair_id,
    e.entity_id,
    e.year,
    e.sector,
    e.revenue_eur_const,
    p.pressure,
    p.half_width,
    e.value_added_eur_const as driver,
    p.coverage,
    p.dq_score,
    p.primary_share,
    p.imputed_share,
    p.worst_tier,
    p.has_all_terms and p.is_covered and e.value_added_eur_const is not null as is_complete,
    e.delivery_id,
    e.row_number
from {{ ref('int_answers__entities') }} as e
inner join pressures as p on e.entity_id = p.entity_id and e.year = p.year
where e.is_registered and e.entity_type = 'company'
