-- A share is driven by those it is a share of: its numerator and denominator are added up apart.
select
    entity_id,
    year,
    'value_added' as driver_key,
    value_added_eur_const as driver,
    cast(null as decimal(38, 9)) as driver_base
from {{ ref('int_answers__entities') }}
union all
select
    s.entity_id,
    g.year,
    'living_wage_attainment',
    {{ exact('g.observed_workers * (1 - s.value)') }},
    {{ exact('g.observed_workers') }}
from {{ ref('kpi_s01') }} as s
inner join {{ ref('int_wages__gaps') }} as g
    on s.entity_id = g.entity_id and extract(year from s.period_start) = g.year
where s.status = 'ok' and s.dim_category is null and g.worker_group = 'total' and g.scenario = 'value'
