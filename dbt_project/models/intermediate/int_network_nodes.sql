{#-
  Companies of the material network in each year. Attributes are those of the year, else of the newest year in the
  register; a company that nobody registered has none.
-#}
with

edges as (
    select * from {{ ref('int_network_edges') }} where edge_kind = 'material' and source_id <> '_UNK'
),

nodes as (
    select year, source_id as node_id from edges
    union
    select year, target_id as node_id from edges
),

companies as (
    select *, row_number() over (partition by entity_id order by year desc) as newest_no from {{ ref('int_companies') }}
),

sales as (
    select year, source_id as node_id, sum(spend_eur) as sales_eur from edges group by year, source_id
)

select
    n.year,
    n.node_id,
    coalesce(c.country, k.country) as country,
    coalesce(c.region_code, k.region_code) as region_code,
    coalesce(c.sector, k.sector) as sector,
    coalesce(c.size_class, k.size_class) as size_class,
    coalesce(c.nace, k.nace) as product,
    left(ltrim(coalesce(c.nace, k.nace), 'ABCDEFGHIJKLMNOPQRSTU'), 2) as division,
    coalesce(s.sales_eur, 0) as sales_eur
from nodes as n
left join companies as c on n.node_id = c.entity_id and n.year = c.year
left join companies as k on n.node_id = k.entity_id and k.newest_no = 1
left join sales as s on n.node_id = s.node_id and n.year = s.year
