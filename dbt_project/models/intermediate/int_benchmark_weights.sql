-- The denominator of each ratio KPI: disclosure rules look at it as well as at the ratio.
with company_years as (
    select
        entity_id,
        year,
        revenue_eur_const
    from {{ ref('int_answers__entities') }}
    where entity_type = 'company'
),

companies as (
    select
        entity_id,
        year,
        value_added_eur_const
    from {{ ref('int_companies') }}
    where entity_type = 'company'
),

hours as (
    select
        entity_id,
        year,
        'hours_' || lower(kpi_id) as weight_name,
        hours
    from {{ ref('int_safety') }}
    where worker_group = 'total'
),

spend as (
    select
        buyer_id,
        year,
        sum(spend_eur) as spend_eur
    from {{ ref('int_purchases') }}
    group by
        buyer_id,
        year
),

energy as (
    select
        entity_id,
        cast(extract(year from period_start) as integer) as year,
        value
    from {{ ref('int_kpi_values') }}
    where kpi_id = 'E10' and entity_type = 'company' and status = 'ok'
),

weights as (
    select entity_id, year, 'one' as weight_name, 1 as weight from company_years
    union all
    select entity_id, year, 'revenue', {{ exact('revenue_eur_const / 1000000') }} from company_years
    union all
    select entity_id, year, 'value_added', {{ exact('value_added_eur_const / 1000000') }} from companies
    union all
    select entity_id, year, weight_name, hours from hours
    union all
    select buyer_id, year, 'spend', spend_eur from spend
    union all
    select entity_id, year, 'energy', value from energy
)

select
    entity_id,
    year,
    weight_name,
    {{ exact('weight') }} as weight
from weights
where weight is not null
