with

measures as (
    select node_id, year, n_nodes, betweenness, reached_share from {{ ref('int_graph_measures') }}
),

purchases as (
    select distinct year, category_id, supplier_id, buyer_id
    from {{ ref('int_purchases') }}
    where supplier_id <> buyer_id
),

offers as (
    select
        year,
        supplier_id,
        1.0 / count(distinct supplier_id) over (partition by year, category_id) as offer_share
    from purchases
),

-- Whoever offers several inputs holds a monopoly with the scarcest of them.
monopolies as (
    select year, supplier_id as node_id, max(offer_share) as offer_share
    from offers
    group by year, supplier_id
),

upstream as (
    select distinct f.year, f.supplier_id as node_id
    from purchases as f
    inner join purchases as n on f.buyer_id = n.supplier_id and f.year = n.year
    where f.supplier_id <> n.buyer_id
),

indicators as (
    select m.year, m.node_id, m.n_nodes, u.node_id is not null as is_upstream, i.dim_variant, i.indicator
    from measures as m
    left join monopolies as o on m.node_id = o.node_id and m.year = o.year
    left join upstream as u on m.node_id = u.node_id and m.year = u.year
    cross join lateral (
        values
        ('informational', case when not isnan(m.betweenness) then m.betweenness end),
        ('operational', case when not isnan(m.reached_share) then m.reached_share end),
        -- Who sells nothing offers no input.
        ('monopolistic', coalesce(o.offer_share, 0))
    ) as i (dim_variant, indicator)
),

flags as (
    select
        *,
        case
            when indicator is not null
                then cast({{ mid_rank('indicator', 'year, dim_variant') }} >= {{ parameter('nexus_pctl') }} as integer)
        end as flag
    from (select * replace (round(indicator, 9) as indicator) from indicators) as rounded
),

{{ network_visibility(2) }},

variants as (
    select year, node_id, n_nodes, dim_variant, flag as value from flags
    union all
    select
        year, node_id, n_nodes, 'nexus',
        case
            when not is_upstream then 0
            when count(flag) = 3 or sum(flag) >= 2 then cast(sum(flag) >= 2 as integer)
        end
    from flags
    group by year, node_id, n_nodes, is_upstream
),

all_rows as (
    select
        v.*,
        'company' as entity_type,
        v.node_id as entity_id,
        v.value as value_low,
        v.value as value_high,
        coalesce(s.coverage, 0) as coverage,
        v.n_nodes as n_units,
        cast(null as varchar) as state,
        'ok' as base_status
    from variants as v
    left join visibility as s on v.year = s.year
),

{{ network_measured('all_rows') }}

{{ kpi_result('R17', 'measured', dims=['dim_variant']) }}
