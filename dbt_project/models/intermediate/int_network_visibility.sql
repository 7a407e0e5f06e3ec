{#-
  Visibility of the buyers at the end of the chains, who sell to nobody in the network: what a supplier sees of its own
  suppliers is already counted there as a further tier. In a network of nothing but circles every buyer counts.
-#}
with

sellers as (
    select distinct year, source_id from {{ ref('int_network_edges') }} where edge_kind = 'material'
),

buyers as (
    select
        v.*,
        s.source_id is null as is_end
    from {{ ref('int_tier_visibility') }} as v
    left join sellers as s on v.buyer_id = s.source_id and v.year = s.year
    where v.tier <= 3 or v.visible_share > 0
),

years as (
    select year, bool_or(is_end) as has_end from buyers group by year
)

select b.*
from buyers as b
inner join years as y on b.year = y.year
where b.is_end or not y.has_end
