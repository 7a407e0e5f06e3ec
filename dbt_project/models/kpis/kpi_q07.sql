{#-
  Only totals (M1) are sums of contributions of companies, and only those are looked at. Tier 2 and beyond: companies
  that supply somebody who supplies somebody else; a company may stand at several tiers.
-#}
with

edges as (
    select year, source_id, target_id
    from {{ ref('int_network_edges') }}
    where edge_kind = 'material' and source_id <> '_UNK'
),

upstream as (
    select distinct f.year, f.source_id as entity_id
    from edges as f
    inner join edges as n on f.target_id = n.source_id and f.year = n.year
    where f.source_id <> n.target_id
),

contributions as (
    select
        v.kpi_id,
        v.period_start,
        v.period_end,
        v.entity_id,
        abs(v.value) as contribution,
        v.primary_share,
        v.dq_score
    from {{ ref('int_kpi_values') }} as v
    inner join {{ ref('kpi_definitions') }} as d on v.kpi_id = d.kpi_id and d.missing_rule = 'M1'
    inner join upstream as u on v.entity_id = u.entity_id and extract(year from v.period_start) = u.year
    where
        v.entity_type = 'company' and v.status = 'ok'
        and extract(year from v.period_start) = extract(year from v.period_end)
),

measured as (
    select
        'network' as entity_type,
        'network' as entity_id,
        period_start,
        period_end,
        kpi_id as dim_variant,
        {{ ratio('fsum(contribution * primary_share)', 'fsum(contribution)') }} as value,
        cast(null as double) as value_low,
        cast(null as double) as value_high,
        cast(null as varchar) as state,
        cast(null as double) as coverage,
        count(distinct entity_id) as n_units,
        {{ ratio('fsum(contribution * dq_score)', 'fsum(contribution)') }} as dq_score,
        cast(null as double) as primary_share,
        cast(null as double) as imputed_share,
        cast(null as integer) as worst_tier,
        false as is_lower_bound,
        'ok' as base_status
    from contributions
    group by kpi_id, period_start, period_end
)

{{ kpi_result('Q07', 'measured', dims=['dim_variant']) }}
