{#- Ratings of footprints with the share that is rated: of roll-ups, and of declarations that no roll-up stands for. -#}
with rolled_up as (
    select
        t.year,
        t.node_id,
        split_part(t.system, '|', 2) as pact_edition,
        split_part(t.system, '|', 3) as dimension,
        max(t.amount) filter (where t.measure = 'rated_sum') as rated_sum,
        max(t.amount) filter (where t.measure = 'rated_share') as rated_share
    from {{ ref('int_footprints__traced') }} as t
    where t.system like 'rating|%'
    group by t.year, t.node_id, t.system
),

-- Which share of a footprint stands in components that are large enough for edition 2.x.
covered as (
    select
        year,
        node_id,
        100 * fsum(case when round(share, 9) > {{ parameter('pcf_share_min') }} then share else 0 end)
            as coverage_percent
    from {{ ref('int_footprints__contributions') }}
    where share is not null
    group by year, node_id
)

select
    r.year,
    r.node_id,
    r.pact_edition,
    r.dimension,
    {{ ratio('r.rated_sum', 'case when r.rated_share > 1e-12 then r.rated_share end') }} as rating,
    r.rated_sum,
    r.rated_share,
    case r.pact_edition when '2.x' then c.coverage_percent end as coverage_percent
from rolled_up as r
left join covered as c on r.year = c.year and r.node_id = c.node_id
union all
{{ declared_ratings(ref('int_footprints__standing')) }}
