{#-
  The four terms of the circular material use rate (E18) of an area: by material group, and for all material, where a
  stated total goes before the sum of its groups. A term that does not apply leaves its sum; an unknown one stays open.
-#}
with answers as (
    select *
    from {{ ref('int_answers') }}
    where
        question_id in ('recycled_in_area_t', 'waste_import_recycling_t', 'waste_export_recycling_t', 'dmc_t')
        and site_id is null
),

groups as (
    select distinct entity_id, year, item
    from answers
),

questions as (
    select
        unnest(['recycled_in_area_t', 'waste_import_recycling_t', 'waste_export_recycling_t', 'dmc_t']) as question_id
),

cells as (
    select
        g.entity_id,
        g.year,
        g.item,
        q.question_id,
        a.value,
        coalesce(a.value_state, 'unknown') <> 'not_applicable' as is_in_scope,
        a.data_tier as tier,
        cast(a.u_rel as double) as u_rel,
        coalesce(a.is_imputed, false) as is_imputed,
        bool_or(g.item = '' and a.value is not null) over term as has_total,
        bool_or(g.item <> '') over term as has_groups
    from groups as g
    cross join questions as q
    left join answers as a
        on g.entity_id = a.entity_id and g.year = a.year and g.item = a.item and q.question_id = a.question_id
    window term as (partition by g.entity_id, g.year, q.question_id)
),

scopes as (
    select *, item as material_group from cells where item <> ''
    union all
    select *, cast(null as varchar) from cells where (item = '') = (has_total or not has_groups)
)

select
    entity_id,
    year,
    material_group,
    question_id,
    bool_or(is_in_scope) as is_in_scope,
    case
        when not bool_or(is_in_scope) then 0
        when bool_and(value is not null or not is_in_scope) then coalesce(sum(value) filter (where is_in_scope), 0)
    end as amount,
    coalesce(sqrt(cast(sum({{ exact('power(u_rel * value, 2)') }}) filter (where is_in_scope) as double)), 0)
        as half_width,
    {{ weighed_mean('tier', 'value') }} as dq_score,
    {{ weighed_mean('cast(tier <= 2 as integer)', 'value') }} as primary_share,
    {{ weighed_mean('cast(is_imputed as integer)', 'value') }} as imputed_share,
    max(tier) filter (where value is not null) as worst_tier
from scopes
group by entity_id, year, material_group, question_id
