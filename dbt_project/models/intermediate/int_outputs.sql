{#-
  Output of each product family at a site (or at the company, where it answered as a whole), with the share of the
  emissions there that is allocated to it: all of them to a single family, else by output or by revenue as the method says.
-#}
with answers as (
    select
        entity_id || coalesce('|' || site_id, '') as entity_id,
        case when site_id is null then 'company' else 'site' end as entity_type,
        year,
        coalesce(item, '') as family,
        question_id,
        value,
        lower(trim(value_text)) as value_text,
        unit,
        u_rel,
        value_state
    from {{ ref('int_answers') }}
    where question_id in ('output_qty', 'net_revenue', 'allocation_method') and value_state <> 'not_applicable'
),

outputs as (
    select
        entity_type,
        entity_id,
        year,
        family,
        -- A part of the output that nobody knows makes the sum unknown, not smaller.
        case when bool_and(value is not null) then sum(value) end as quantity,
        min(unit) as unit,
        count(distinct unit) as n_units,
        max(u_rel) as u_rel
    from answers
    where question_id = 'output_qty'
    group by entity_type, entity_id, year, family
),

revenues as (
    select
        entity_id,
        year,
        family,
        sum(value) as revenue
    from answers
    where question_id = 'net_revenue'
    group by entity_id, year, family
),

-- A method without a family holds for all families of the site.
methods as (
    select
        entity_id,
        year,
        family,
        case
            when value_text in ('mass', 'physical', 'output', 'quantity') then 'output'
            when value_text in ('economic', 'revenue') then 'revenue'
        end as method
    from answers
    where question_id = 'allocation_method' and value_state = 'value'
),

keyed as (
    select
        o.*,
        r.revenue,
        coalesce(m.method, g.method) as method,
        count(*) over at_site as n_families,
        count(o.quantity) over at_site as n_quantities,
        count(r.revenue) over at_site as n_revenues,
        count(distinct o.unit) over at_site as n_site_units,
        count(distinct coalesce(m.method, g.method, '')) over at_site as n_methods
    from outputs as o
    left join revenues as r on o.entity_id = r.entity_id and o.year = r.year and o.family = r.family
    left join methods as m on o.entity_id = m.entity_id and o.year = m.year and o.family = m.family and m.family <> ''
    left join methods as g on o.entity_id = g.entity_id and o.year = g.year and g.family = ''
    window at_site as (partition by o.entity_id, o.year)
)

select
    *,
    case
        when n_families = 1 then 1
        when n_methods > 1 then null
        when method = 'output' and n_quantities = n_families and n_site_units = 1
            then {{ ratio('quantity', 'sum(quantity) over (partition by entity_id, year)') }}
        when method = 'revenue' and n_revenues = n_families
            then {{ ratio('revenue', 'sum(revenue) over (partition by entity_id, year)') }}
    end as allocated_share
from keyed
