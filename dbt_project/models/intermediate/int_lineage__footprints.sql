{#- Which answers, bills, declarations, factors and footprints of inputs the results E07–E09 were made of. -#}
with results as (
    {{ union_of(['kpi_e07', 'kpi_e08', 'kpi_e09'], result_columns()) }}
),

named as (
    select
        kpi_id, entity_type, entity_id, period_start, dim_hash, dim_category,
        coalesce(starts_with(dim_variant, 'declared'), false) as shows_declaration,
        extract(year from period_start) as year
    from results
),

components as (
    select
        r.*,
        c.source_kind, c.input_node_id, c.input_kind,
        concat_ws(' ', c.input_name, c.component_id) as input_name,
        case c.source_kind when 'own' then c.unit_emission else c.quantity end as input_value,
        case c.source_kind when 'own' then 'kg CO2e' else 'declared units' end as input_unit,
        c.delivery_id, c.row_number
    from named as r
    inner join {{ ref('int_footprints__components') }} as c on r.year = c.year and r.entity_id = c.node_id
    where r.entity_type = 'product' and not r.shows_declaration
    union all
    select
        r.*,
        'rating', null, 'answer', concat_ws(' ', a.question_id, nullif(a.component_id, '')), a.value, 'rating',
        a.delivery_id, a.row_number
    from named as r
    inner join {{ ref('int_footprints__answers') }} as a
        on
            r.year = a.year and r.entity_id = a.maker_id || '|' || a.product_id
            and a.question_id = 'dqr_' || r.dim_category
    where r.kpi_id = 'E09'
),

inputs as (
    select
        r.*,
        i.*
    from named as r
    inner join {{ ref('int_footprints__inputs') }} as i on r.year = i.year and r.entity_id = i.node_id
    where r.entity_type = 'product' and not r.shows_declaration
),

-- A product that nobody made is what its declaration says, and so is every row that shows a declaration.
footprints as (
    select
        r.kpi_id, r.entity_type, r.entity_id, r.period_start, r.dim_hash,
        'footprint' as input_name, s.declaration_id, s.pcf_per_unit, s.delivery_id, s.row_number
    from named as r
    inner join {{ ref('int_footprints__standing') }} as s on r.year = s.year and r.entity_id = s.node_id
    left join {{ ref('int_footprints__made') }} as m on s.year = m.year and s.node_id = m.node_id
    where r.entity_type = 'product' and (r.shows_declaration or m.node_id is null)
    union all
    select
        kpi_id, entity_type, entity_id, period_start, dim_hash,
        'footprint ' || input_product_id, declaration_id, unit_emission, declared_delivery_id, declared_row_number
    from inputs
    where source_kind = 'declared'
),

kpi_rows as (
    {{ footprint_inputs('components', 'E07', 'r.input_node_id = e.entity_id', "r.source_kind = 'made'") }}
    union all
    {{ footprint_inputs(
        'named', 'E08', "starts_with(e.entity_id, r.entity_id || '|')", "r.entity_type = 'company' and e.entity_type = 'product'"
    ) }}
)

{% for kind in ['answer', 'bill_of_material'] -%}
select
    kpi_id, entity_type, entity_id, period_start, dim_hash,
    {{ answer_input(
        kind, 'input_name', 'input_value', 'source_kind', 'input_unit',
        "case when input_value is null then 'missing' else 'used' end", 'delivery_id', 'row_number'
    ) }}
from components
where input_kind = '{{ kind }}'
union all
{% endfor -%}
select
    kpi_id, entity_type, entity_id, period_start, dim_hash,
    {{ answer_input(
        'footprint', 'input_name', 'pcf_per_unit', 'declaration_id', "'kg CO2e'", "'used'", 'delivery_id', 'row_number'
    ) }}
from footprints
union all
select
    kpi_id, entity_type, entity_id, period_start, dim_hash,
    {{ answer_input(
        'factor', "'physical ' || input_product_id", 'factor_value', 'factor_key', 'factor_unit', "'used'",
        'factor_delivery_id', 'factor_row_number'
    ) }}
from inputs
where source_kind = 'factor'
union all
{{ kpi_inputs('kpi_rows') }}
