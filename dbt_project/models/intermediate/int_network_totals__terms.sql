-- The terms of each pressure: 'E01+E03+E04.1' becomes three rows (a pressure has at most four terms).
with pairs as (
    select
        pair_id,
        pressure_kpis
    from {{ ref('decoupling_pairs') }}
),

places as (
    select 1 as place
    union all
    select 2
    union all
    select 3
    union all
    select 4
),

terms as (
    select
        p.pair_id,
        split_part(p.pressure_kpis, '+', n.place) as term
    from pairs as p
    cross join places as n
)

select
    pair_id,
    split_part(term, '.', 1) as kpi_id,
    split_part(term, '.', 2) as category
from terms
where term <> ''
