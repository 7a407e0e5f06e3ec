{#-
  Visibility per tier (R19), recursively: what a buyer sees of tier t is what its suppliers see of tier t - 1, weighed by
  its spend with them. So one vector per tier is enough, and paths are never listed. What ends at a company whose own
  purchases nobody knows may in truth be seen completely (U3, `visible_high_share`); `_UNK` is what remains to 1.
-#}
with recursive

totals as (
    select * from {{ ref('int_input_totals') }} where total_eur > 0
),

steps as (
    select
        e.year,
        e.target_id as buyer_id,
        e.source_id as supplier_id,
        {{ ratio('e.spend_eur', 't.total_eur') }} as step_share
    from {{ ref('int_network_edges') }} as e
    inner join totals as t on e.target_id = t.buyer_id and e.year = t.year
    where e.edge_kind = 'material' and e.source_id <> '_UNK'
),

suppliers as (
    select distinct year, supplier_id from steps
),

nodes as (
    select s.year, s.supplier_id, t.buyer_id is null as is_silent
    from suppliers as s
    left join totals as t on s.supplier_id = t.buyer_id and s.year = t.year
),

tiers as (
    select
        year,
        supplier_id as node_id,
        0 as tier,
        cast(1 as double) as visible,
        cast(case when is_silent then 1 else 0 end as double) as ending
    from nodes
    union all
    select
        s.year,
        s.buyer_id as node_id,
        t.tier + 1 as tier,
        fsum(s.step_share * t.visible) as visible,
        fsum(s.step_share * t.ending) as ending
    from tiers as t
    inner join steps as s on t.node_id = s.supplier_id and t.year = s.year
    where t.tier < {{ parameter('visibility_tiers_max') }}
    group by s.year, s.buyer_id, t.tier
),

numbers as (
    select cast(unnest(range(1, cast({{ parameter('visibility_tiers_max') }} as bigint) + 1)) as integer) as tier
),

-- A buyer that sees nothing of a tier has no row above: its visibility is 0, not unknown.
shown as (
    select
        b.year,
        b.buyer_id,
        b.total_eur,
        b.spend_coverage,
        n.tier,
        coalesce(t.visible, 0) as visible,
        coalesce(t.ending, 0) as ending
    from totals as b
    cross join numbers as n
    left join tiers as t on b.buyer_id = t.node_id and b.year = t.year and n.tier = t.tier
)

select
    year,
    buyer_id,
    tier,
    round(least(visible, 1), 9) as visible_share,
    round(least(visible + coalesce(sum(ending) over earlier_tiers, 0), 1), 9) as visible_high_share,
    round(1 - least(visible, 1), 9) as unknown_share,
    '_UNK:' || tier as unknown_node,
    total_eur,
    spend_coverage
from shown
window earlier_tiers as (
    partition by year, buyer_id order by tier rows between unbounded preceding and 1 preceding
)
