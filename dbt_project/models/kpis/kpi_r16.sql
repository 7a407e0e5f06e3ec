with

measures as (
    select * from {{ ref('int_graph_measures') }}
),

{{ network_visibility(2) }},

variants as (
    select
        node_id, year, n_nodes, is_sampled,
        'directed' as dim_variant,
        betweenness as value,
        case when not isnan(betweenness_low) then betweenness_low end as value_low,
        case when not isnan(betweenness_high) then betweenness_high end as value_high
    from measures
    union all
    select node_id, year, n_nodes, is_sampled, 'undirected', betweenness_undirected, null, null
    from measures
),

all_rows as (
    select
        v.*,
        'company' as entity_type,
        v.node_id as entity_id,
        coalesce(s.coverage, 0) as coverage,
        v.n_nodes as n_units,
        cast(null as varchar) as state,
        'ok' as base_status
    from variants as v
    left join visibility as s on v.year = s.year
),

{{ network_measured('all_rows', dq_score='case when is_sampled then 4 else 2 end',
    primary_share='case when is_sampled then 0 else 1 end') }}

{{ kpi_result('R16', 'measured', dims=['dim_variant']) }}
