{#-
  What stands for each input: the supplier's declaration if it holds on the production date, else the roll-up of who makes
  it, else a physical factor, else nothing. A declaration is cradle to gate: inputs of the supplier are never added again.
-#}
with lines as (
    select
        b.*,
        m.production_date
    from {{ ref('int_footprints__bills') }} as b
    inner join {{ ref('int_footprints__made') }} as m on b.year = m.year and b.node_id = m.node_id
),

declared as (
    select
        l.year,
        l.node_id,
        l.input_product_id,
        d.*
    from lines as l
    inner join {{ ref('int_footprints__declared') }} as d
        on l.input_product_id = d.product_id and l.production_date between d.valid_from and d.valid_to
    where d.pcf_per_unit is not null
    qualify
        row_number() over (
            partition by l.year, l.node_id, l.input_product_id
            order by
                d.maker_id = l.input_maker_id desc nulls last, d.tier, d.created_at desc nulls last, d.valid_from desc,
                d.declaration_id
        ) = 1
),

made as (
    select
        l.year,
        l.node_id,
        l.input_product_id,
        m.node_id as input_node_id
    from lines as l
    inner join {{ ref('int_footprints__made') }} as m on l.year = m.year and l.input_product_id = m.product_id
    qualify
        row_number() over (
            partition by l.year, l.node_id, l.input_product_id
            order by m.maker_id = l.input_maker_id desc nulls last, m.tier nulls last, m.maker_id
        ) = 1
),

-- The unit of an input that nobody declared: as the buyer says, else kilograms, the mass unit of products.
units_said as (
    select
        year,
        product_id as input_product_id,
        max(value_text) as declared_unit
    from {{ ref('int_footprints__answers') }}
    where question_id = 'declared_unit_of_measurement' and component_id = ''
    group by year, product_id
)

select
    l.*,
    case
        when d.declaration_id is not null then 'declared'
        when m.input_node_id is not null then 'made'
        when f.factor_key is not null then 'factor'
        else 'missing'
    end as source_kind,
    d.declaration_id,
    case when d.declaration_id is null then m.input_node_id end as input_node_id,
    coalesce(d.pcf_per_unit, case when m.input_node_id is null then 1000 * f.t_per_unit * u.factor end)
        as unit_emission,
    coalesce(d.tier, {{ aged_tier('4', 'f.age_months') }}) as tier,
    coalesce(d.u_rel, f.u_rel) as u_rel,
    coalesce(d.is_imputed, false) as is_imputed,
    d.primary_data_share,
    d.exempted_emissions_percent,
    -- A twin counts in its own unit: brought to the declared unit of the input, or not known.
    case
        when l.unit is null or coalesce(d.declared_unit, s.declared_unit) is null then l.quantity
        when w.dimension = u.dimension then l.quantity * w.factor / u.factor
    end as declared_quantity,
    f.factor_key,
    f.factor_value,
    f.factor_unit,
    f.delivery_id as factor_delivery_id,
    f.row_number as factor_row_number,
    d.delivery_id as declared_delivery_id,
    d.row_number as declared_row_number
from lines as l
left join declared as d
    on l.year = d.year and l.node_id = d.node_id and l.input_product_id = d.input_product_id
left join made as m
    on l.year = m.year and l.node_id = m.node_id and l.input_product_id = m.input_product_id
left join units_said as s on l.year = s.year and l.input_product_id = s.input_product_id
left join {{ ref('units') }} as u on coalesce(d.declared_unit, s.declared_unit, l.unit, 'kilogram') = u.unit
left join {{ ref('units') }} as w on l.unit = w.unit
left join {{ ref('int_emissions__factors') }} as f
    on
        f.factor_kind = 'physical' and l.year = f.year and l.input_product_id = f.factor_key
        and u.canonical_unit = f.per_unit
