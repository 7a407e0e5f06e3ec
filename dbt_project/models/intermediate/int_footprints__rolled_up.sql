{#-
  Footprint of each made product (E07) with its quality. Every line of the bill whose unknown part is more than
  `pcf_gap_max` of the whole lowers the coverage; a part that nobody can estimate leaves none.
-#}
with traced as (
    select
        year,
        node_id,
        {%- for measure in footprint_measures() %}
        max(amount) filter (where measure = '{{ measure }}') as {{ measure }},
        {%- endfor %}
        count(*) as n_measures
    from {{ ref('int_footprints__traced') }}
    where system in ('quantity', 'share')
    group by year, node_id
),

unknown_parts as (
    select
        c.year,
        c.node_id,
        c.absolute_sum,
        c.emission,
        c.gap + case when c.source_kind = 'made' and c.emission is not null then c.quantity * i.gap else 0 end as part,
        c.gap is null or (c.emission is not null and coalesce(i.n_open, 0) > 1e-12) as is_open
    from {{ ref('int_footprints__contributions') }} as c
    left join traced as i on c.year = i.year and c.input_node_id = i.node_id
),

shared_parts as (
    select
        *,
        {{ ratio('part', 'absolute_sum + fsum(part) over (partition by year, node_id)') }} as part_share
    from unknown_parts
),

covered as (
    select
        year,
        node_id,
        count(*) as n_units,
        bool_or(is_open or part > 0) as has_gap,
        count(emission) = 0 as is_empty,
        case
            when bool_or(is_open) then 0
            else greatest(
                0,
                1 - coalesce(
                    fsum(part_share) filter (where round(part_share, 9) > {{ parameter('pcf_gap_max') }}), 0
                )
            )
        end as coverage
    from shared_parts
    group by year, node_id
),

cycles as (
    select
        s.year,
        s.cycle_id,
        string_agg(m.product_id, ', ' order by m.product_id) as members
    from {{ ref('int_footprints__solved') }} as s
    inner join {{ ref('int_footprints__made') }} as m on s.year = m.year and s.node_id = m.node_id
    where s.cycle_id >= 0
    group by s.year, s.cycle_id
)

select
    m.year,
    m.node_id,
    m.maker_id,
    m.entity_id,
    m.product_id,
    case when not c.is_empty and not s.is_refused then s.value end as value,
    case when not c.is_empty and not s.is_refused then s.half_width end as half_width,
    c.coverage,
    c.n_units,
    c.has_gap as is_lower_bound,
    c.is_empty,
    s.is_refused,
    y.members as cycle_members,
    t.dq_score,
    t.primary_share,
    t.imputed_share,
    case
        {%- for tier in range(5, 0, -1) %}
        when t.tier_{{ tier }} > 1e-12 then {{ tier }}
        {%- endfor %}
    end as worst_tier,
    t.primary_percent,
    t.unknown_share
from {{ ref('int_footprints__made') }} as m
inner join {{ ref('int_footprints__solved') }} as s on m.year = s.year and m.node_id = s.node_id
inner join covered as c on m.year = c.year and m.node_id = c.node_id
left join traced as t on m.year = t.year and m.node_id = t.node_id
left join cycles as y on s.year = y.year and s.cycle_id = y.cycle_id
