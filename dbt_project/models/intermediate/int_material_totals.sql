{#-
  Material input and footprints of companies and of the network, each beside value added. A pair is a company of which
  both are known; nobody knows the mass of those who did not answer, so companies weigh by revenue.
-#}
with results as (
    select
        'direct_material_input' as measure,
        *
    from {{ ref('int_material_input') }}
    union all
    select
        dim_category,
        *
    from {{ ref('int_material_footprint') }}
),

measures as (
    select unnest(['direct_material_input', 'used_extraction', 'total_material_requirement']) as measure
),

companies as (
    select
        e.entity_type,
        e.entity_id,
        e.year,
        m.measure,
        r.value,
        r.half_width,
        e.value_added_eur_const * 0.000001 as value_added_meur,
        case when e.value_added_eur_const is not null then r.value end as paired_value,
        case when r.value is not null then e.value_added_eur_const * 0.000001 end as paired_value_added,
        coalesce(r.coverage, 0) as coverage,
        coalesce(r.n_units, 0) as n_units,
        r.dq_score,
        r.primary_share,
        r.imputed_share,
        r.worst_tier,
        coalesce(r.is_lower_bound, false) as is_lower_bound,
        coalesce(r.base_status, 'not_reported') as base_status,
        e.revenue_eur_const as weight,
        e.is_registered and e.entity_type = 'company' as is_member
    from {{ ref('int_answers__entities') }} as e
    cross join measures as m
    left join results as r on e.entity_id = r.entity_id and e.year = r.year and m.measure = r.measure
)

select
    entity_type,
    entity_id,
    year,
    measure,
    value,
    half_width,
    paired_value,
    half_width as paired_half_width,
    paired_value_added,
    abs(paired_value_added) * (select t.u_rel from {{ ref('data_tiers') }} as t where t.tier = 2)
        as value_added_half_width,
    coverage,
    case when value_added_meur is not null then coverage else 0 end as paired_coverage,
    n_units,
    dq_score,
    primary_share,
    imputed_share,
    worst_tier,
    is_lower_bound,
    base_status
from companies
union all
select
    'network',
    'network',
    year,
    measure,
    sum(value),
    sqrt(cast(sum({{ exact('power(half_width, 2)') }}) as double)),
    sum(paired_value),
    sqrt(cast(sum({{ exact('power(case when paired_value is not null then half_width end, 2)') }}) as double)),
    sum(paired_value_added),
    sqrt(cast(sum({{ exact('power(paired_value_added, 2)') }}) as double))
    * (select t.u_rel from {{ ref('data_tiers') }} as t where t.tier = 2),
    coalesce(
        {{ ratio('sum(case when value is not null then ' ~ exact('weight * coverage') ~ ' end)', 'sum(weight)') }}, 0
    ),
    coalesce(
        {{ ratio(
            'sum(case when paired_value is not null then ' ~ exact('weight * coverage') ~ ' end)', 'sum(weight)'
        ) }},
        0
    ),
    count(*),
    {{ weighed_mean('dq_score', 'value') }},
    {{ weighed_mean('primary_share', 'value') }},
    {{ weighed_mean('imputed_share', 'value') }},
    max(worst_tier),
    count(value) > 0 and (count(value) < count(*) or bool_or(is_lower_bound)),
    case when count(value) = 0 then 'not_reported' else 'ok' end
from companies
where is_member and base_status <> 'not_applicable'
group by year, measure
