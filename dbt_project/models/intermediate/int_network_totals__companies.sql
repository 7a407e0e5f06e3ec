{%- set columns = [
    'kpi_id', 'entity_id', 'year', 'dim_category', 'value', 'half_width', 'coverage', 'dq_score', 'primary_share',
    'imputed_share', 'worst_tier', 'base_status'
] -%}
-- Pressure and driver of each decoupling pair per company and year, with what a panel needs to know of both.
with results as (
    select
        r.*,
        d.min_coverage
    from (
        {% for model in ['int_emissions', 'int_energy', 'int_water_scarcity', 'int_material_footprint'] -%}
        select
            {{ columns | join(', ') }}
        from {{ ref(model) }}
        union all
        {% endfor -%}
        select
            {{ columns | join(', ') | replace('dim_category', "'direct_material_input'") }}
        from {{ ref('int_material_input') }}
        union all
        select
            {{ columns | join(', ') | replace('kpi_id', "'E16'") | replace('dim_category', 'dim_variant')
                | replace('value', 'numerator') | replace('half_width', 'mass_half_width') }}
        from {{ ref('int_waste') }}
        where dim_variant = 'total_waste'
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
    d.driver_key,
    d.driver,
    d.driver_base,
    p.coverage,
    p.dq_score,
    p.primary_share,
    p.imputed_share,
    p.worst_tier,
    p.has_all_terms and p.is_covered and d.driver is not null as is_complete,
    e.delivery_id,
    e.row_number
from {{ ref('int_answers__entities') }} as e
inner join pressures as p on e.entity_id = p.entity_id and e.year = p.year
inner join {{ ref('decoupling_pairs') }} as q on p.pair_id = q.pair_id
left join {{ ref('int_network_totals__drivers') }} as d
    on e.entity_id = d.entity_id and e.year = d.year and q.driver_key = d.driver_key
where e.is_registered and e.entity_type = 'company'
