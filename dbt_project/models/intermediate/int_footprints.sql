{#-
  Footprints as they are shown: every roll-up, and every declaration. Who makes a product is shown by its roll-up, and by
  its own declaration beside it; who only declares one, by the declaration.
-#}
select
    year,
    node_id,
    maker_id,
    entity_id,
    product_id,
    'rolled_up' as source_kind,
    cast(null as varchar) as declaration_id,
    true as is_headline,
    value,
    half_width,
    cast(null as double) as pcf_per_kg,
    cast(null as double) as half_width_per_kg,
    case
        when is_refused then 'cycle_without_solution: ' || cycle_members
        when cycle_members is not null then 'cycle: ' || cycle_members
    end as state,
    coverage,
    n_units,
    nullif(dq_score, 0) as dq_score,  -- nothing that was stated went in: there is no quality
    primary_share,
    imputed_share,
    worst_tier,
    is_lower_bound,
    primary_percent,
    unknown_share,
    case
        when is_refused then 'undefined'
        when is_empty then 'not_reported'
        else 'ok'
    end as base_status
from {{ ref('int_footprints__rolled_up') }}
union all
select
    s.year,
    s.node_id,
    s.maker_id,
    s.entity_id,
    s.product_id,
    'declared',
    s.declaration_id,
    m.node_id is null,
    s.pcf_per_unit,
    abs(s.pcf_per_unit) * s.u_rel,
    s.pcf_per_kg,
    abs(s.pcf_per_kg) * s.u_rel,
    case when s.is_out_of_balance then 'uptake_out_of_balance' end,
    s.coverage,
    1,
    s.tier,
    cast(s.tier <= 2 as integer),
    cast(s.is_imputed as integer),
    s.tier as worst_tier,
    coalesce(s.exempted_emissions_percent, 0) > 0,
    coalesce(s.primary_data_share, 0),
    cast(s.primary_data_share is null as integer),
    'ok'
from {{ ref('int_footprints__standing') }} as s
left join {{ ref('int_footprints__made') }} as m on s.year = m.year and s.node_id = m.node_id
