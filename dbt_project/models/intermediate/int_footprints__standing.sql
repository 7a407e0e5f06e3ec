-- The declared footprint of each product that stands at the end of each year, one per maker.
with years as (
    select distinct year from {{ ref('int_answers') }}
)

select
    y.year,
    d.maker_id || '|' || d.product_id as node_id,
    d.* exclude (u_rel, tier),
    coalesce(d.u_rel, t.u_rel) as u_rel,
    coalesce(d.tier, 2) as tier,
    -- What the declaration left out is no smaller a gap than a line of a bill that nobody knows.
    case
        when round(coalesce(d.exempted_emissions_percent, 0) / 100, 9) > {{ parameter('pcf_gap_max') }}
            then 1 - d.exempted_emissions_percent / 100
        else 1
    end as coverage
from {{ ref('int_footprints__declared') }} as d
inner join years as y on make_date(cast(y.year as integer), 12, 31) between d.valid_from and d.valid_to
left join {{ ref('data_tiers') }} as t on coalesce(d.tier, 2) = t.tier
where d.pcf_per_unit is not null
qualify
    row_number() over (
        partition by y.year, d.maker_id, d.product_id
        order by d.tier, d.created_at desc nulls last, d.valid_from desc, d.declaration_id
    ) = 1
