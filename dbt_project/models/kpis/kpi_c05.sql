with

relations as (
    select * from {{ ref('int_certified_relations') }}
),

entities as (
    select *, 'company' as entity_type, buyer_id as entity_id, cast(null as varchar) as dim_sector from relations
    union all
    select *, 'benchmark_cell' as entity_type, buyer_sector as entity_id, buyer_sector as dim_sector
    from relations
    where buyer_sector is not null
),

weighted as (
    select *, 'spend_weighted' as dim_variant, spend as weight from entities
    union all
    select *, 'unweighted' as dim_variant, 1 as weight from entities
),

sums as (
    select
        entity_type,
        entity_id,
        dim_sector,
        standard_id as dim_standard,
        dim_variant,
        period_start,
        period_end,
        max(period_end - period_start + 1) as period_days,
        sum(weight) as weight,
        sum(case when is_matched then weight else 0 end) as matched,
        coalesce(fsum(case when is_matched then weight * days_covered end), 0) as covered_days,
        count(distinct supplier_id) as n_units,
        case dim_variant when 'unweighted' then 1 else {{ spend_coverage() }} end as known_share
    from weighted
    group by entity_type, entity_id, dim_sector, standard_id, dim_variant, period_start, period_end
),

measured as (
    select
        *,
        {{ ratio('covered_days', 'matched * period_days') }} as value,
        {{ ratio('covered_days', 'weight * period_days') }} * known_share as value_low,
        {{ ratio('covered_days + (weight - matched) * period_days', 'weight * period_days') }} * known_share
        + 1 - known_share as value_high,
        cast(null as varchar) as state,
        {{ ratio('matched', 'weight') }} * known_share as coverage,
        3 as dq_score,
        0 as primary_share,
        0 as imputed_share,
        3 as worst_tier,
        false as is_lower_bound,
        case when weight > 0 and matched = 0 then 'insufficient_coverage' else 'ok' end as base_status
    from sums
)

{{ kpi_result('C05', 'measured', dims=['dim_sector', 'dim_standard', 'dim_variant']) }}
