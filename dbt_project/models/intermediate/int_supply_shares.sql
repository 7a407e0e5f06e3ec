{#- Shares of supplier groups (or partner countries) within a cell. Groups without spend stay, with a share of 0. -#}
with

lines as (
    select * from {{ ref('int_supply_lines') }}
),

grouped as (
    select
        cell_kind,
        owner_id,
        category_id,
        hs_revision,
        year,
        group_id,
        coalesce(sum(spend), 0) as spend,
        sum(spend_weight) as spend_weight,
        count(spend_weight) as n_weighed,
        count(*) as n_lines
    from lines
    group by cell_kind, owner_id, category_id, hs_revision, year, group_id
),

cells as (
    select
        cell_kind,
        owner_id,
        category_id,
        hs_revision,
        year,
        sum(spend) as cell_spend,
        {{ spend_coverage() }} as cell_coverage
    from grouped
    group by cell_kind, owner_id, category_id, hs_revision, year
)

select
    g.cell_kind,
    g.owner_id,
    g.category_id,
    g.hs_revision,
    g.year,
    g.group_id,
    g.spend,
    g.spend_weight,
    g.n_weighed,
    g.n_lines,
    {{ ratio('g.spend', 'c.cell_spend') }} as share,
    1 - c.cell_coverage as unknown_share,
    row_number() over (
        partition by g.cell_kind, g.owner_id, g.category_id, g.hs_revision, g.year order by g.spend desc, g.group_id
    ) as size_rank
from grouped as g
inner join cells as c
    on
        g.cell_kind = c.cell_kind and g.owner_id = c.owner_id and g.category_id = c.category_id
        and g.year = c.year and coalesce(g.hs_revision, '') = coalesce(c.hs_revision, '')
