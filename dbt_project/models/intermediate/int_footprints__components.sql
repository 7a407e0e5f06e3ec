{#-
  Components of each made product per declared unit: what it emits itself, its transport, and its inputs. `error_id` names
  what components share an error: all that use one declaration or one factor are wrong together.
-#}
with own_answers as (
    select
        year,
        maker_id || '|' || product_id as node_id,
        coalesce(nullif(component_id, ''), replace(question_id, '_kgco2e', '')) as component_id,
        question_id,
        value,
        tier,
        u_rel,
        is_imputed,
        delivery_id,
        row_number
    from {{ ref('int_footprints__answers') }}
    where question_id in ('direct_kgco2e', 'transport_kgco2e')
),

-- Own emissions that nobody stated are not known; transport that nobody was asked for may be in the supplier's hands.
unstated as (
    select
        m.year,
        m.node_id
    from {{ ref('int_footprints__made') }} as m
    where
        not exists (
            select 1 from own_answers as a
            where a.year = m.year and a.node_id = m.node_id and a.question_id = 'direct_kgco2e'
        )
)

select
    year,
    node_id,
    component_id,
    'own' as source_kind,
    cast(1 as double) as quantity,
    cast(null as varchar) as input_node_id,
    cast(null as varchar) as declaration_id,
    cast(value as double) as unit_emission,
    tier,
    u_rel,
    is_imputed,
    case when tier <= 2 then 100.0 else 0.0 end as primary_percent,
    false as is_primary_unknown,
    cast(null as double) as exempted_emissions_percent,
    concat_ws('|', node_id, question_id, component_id) as error_id,
    question_id as input_name,
    'answer' as input_kind,
    delivery_id,
    row_number
from own_answers
union all
select
    year,
    node_id,
    'direct' as component_id,
    'own' as source_kind,
    1 as quantity,
    null as input_node_id,
    null as declaration_id,
    null as unit_emission,
    null as tier,
    null as u_rel,
    false as is_imputed,
    0 as primary_percent,
    false as is_primary_unknown,
    null as exempted_emissions_percent,
    node_id as error_id,
    'direct_kgco2e' as input_name,
    'answer' as input_kind,
    null as delivery_id,
    null as row_number
from unstated
union all
select
    year,
    node_id,
    input_product_id,
    source_kind,
    declared_quantity,
    input_node_id,
    declaration_id,
    cast(unit_emission as double),
    case when source_kind in ('declared', 'factor') then tier end,
    case when source_kind in ('declared', 'factor') then cast(u_rel as double) end,
    is_imputed,
    case when source_kind = 'declared' then coalesce(primary_data_share, 0) else 0 end,
    source_kind = 'declared' and primary_data_share is null,
    exempted_emissions_percent,
    coalesce(declaration_id, 'factor|' || factor_key || '|' || factor_unit),
    'bom_qty_per_unit',
    input_kind,
    delivery_id,
    row_number
from {{ ref('int_footprints__inputs') }}
