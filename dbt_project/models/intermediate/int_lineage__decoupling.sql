{#- Which results and which master data of the panel E22–E24 compare, at both ends; E25 names the factor of a pair. -#}
with results as (
    {{ union_of(['kpi_e22', 'kpi_e23', 'kpi_e24'], result_columns()) }}
),

totals as (
    {{ union_of(['kpi_e01', 'kpi_e03', 'kpi_e04', 'kpi_e10', 'kpi_e14', 'kpi_e16', 'kpi_e20', 'kpi_e21', 'kpi_s01'],
        result_columns()) }}
),

-- A driver that is a result is an input like the terms of the pressure.
terms as (
    select pair_id, kpi_id, category from {{ ref('int_network_totals__terms') }}
    union all
    select pair_id, 'S01', ''
    from {{ ref('decoupling_pairs') }}
    where driver_key = 'living_wage_attainment'
),

-- One row per result, company of its panel and end of its period.
members as (
    select
        r.kpi_id, r.entity_type, r.entity_id, r.period_start, r.dim_hash, r.dim_variant,
        c.entity_id as member_id,
        make_date(cast(c.year as integer), 1, 1) as member_start,
        c.driver_key,
        c.driver,
        c.delivery_id,
        c.row_number
    from results as r
    inner join {{ ref('int_network_totals__panel') }} as p
        on
            r.dim_variant = p.pair_id
            and extract(year from r.period_start) = p.year_from
            and extract(year from r.period_end) = p.year_to
            and (
                (r.entity_type = 'network' and r.dim_sector in ('all', p.sector))
                or (r.entity_type = 'company' and r.entity_id = p.entity_id)
            )
    inner join {{ ref('int_network_totals__companies') }} as c
        on p.pair_id = c.pair_id and p.entity_id = c.entity_id and c.year in (p.year_from, p.year_to)
),

kpi_rows as (
    select
        {{ result_and_input('m', 't') }},
        'used' as input_state
    from members as m
    inner join terms as n on m.dim_variant = n.pair_id
    inner join totals as t
        on
            n.kpi_id = t.kpi_id and n.category = coalesce(t.dim_category, t.dim_variant, '')
            and (t.kpi_id <> 'E21' or t.dim_variant = 'headline')
            and m.member_id = t.entity_id and m.member_start = t.period_start
    union all
    select
        {{ result_and_input('p', 'f') }},
        if(f.value is null, 'missing', 'used') as input_state
    from {{ ref('kpi_e25') }} as p
    inner join {{ ref('kpi_e24') }} as f
        on
            p.entity_type = f.entity_type and p.period_start = f.period_start and p.period_end = f.period_end
            and p.dim_variant = f.dim_variant and f.dim_sector = 'all'
)

{{ kpi_inputs('kpi_rows') }}
union all
select
    kpi_id, entity_type, entity_id, period_start, dim_hash,
    {{ answer_input(
        'master_data', "'value added in constant prices'", 'driver', 'member_id', "'EUR'", "'used'", 'delivery_id', 'row_number'
    ) }}
from members
where driver_key = 'value_added'
