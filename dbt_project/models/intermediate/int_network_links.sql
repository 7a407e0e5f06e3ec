{#- Edges of the graph algorithms: one per pair of known companies, with how much the buyer needs the input. -#}
with

edges as (
    select year, source_id, target_id, spend_eur
    from {{ ref('int_network_edges') }}
    where edge_kind = 'material' and source_id <> '_UNK' and spend_eur > 0
),

nodes as (
    select * from {{ ref('int_network_nodes') }}
)

select
    e.year,
    e.source_id,
    e.target_id,
    cast(e.spend_eur as double) as spend_eur,
    -- A supplier or buyer that nobody registered is not assumed to be essential.
    coalesce(max(n.essentiality), 1) as essentiality
from edges as e
left join nodes as s on e.source_id = s.node_id and e.year = s.year
left join nodes as t on e.target_id = t.node_id and e.year = t.year
left join {{ ref('essentiality') }} as n
    on
        s.division between n.supplier_from and n.supplier_to
        and t.division between n.buyer_from and n.buyer_to
group by e.year, e.source_id, e.target_id, e.spend_eur
