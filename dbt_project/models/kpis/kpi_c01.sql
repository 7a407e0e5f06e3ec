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

sums as (
    select
        entity_type,
        entity_id,
        dim_sector,
        standard_id as dim_standard,
        period_start,
        period_end,
        sum(spend) as spend,
        sum(case when is_matched then spend else 0 end) as matched,
        coalesce(fsum(case when is_matched then spend * covered_share_at_end end), 0) as covered,
        count(distinct supplier_id) as n_units,
        {{ spend_coverage() }} as known_share
    from entities
    group by entity_type, entity_id, dim_sector, standard_id, period_start, period_end
),

measured as (
    select
        *,
        {{ ratio('covered', 'matched') }} as value,
        {{ ratio('covered', 'spend') }} * known_share as value_low,
        {{ ratio('covered + spend - matched', 'spend') }} * known_share + 1 - known_share as value_high,
        cast(null as varchar) as state,
        {{ ratio('matched', 'spend') }} * known_share as coverage,
        3 as dq_score,
        0 as primary_share,
        0 as imputed_share,
        3 as worst_tier,
        false as is_lower_bound,
        case when spend > 0 and matched = 0 then 'insufficient_coverage' else 'ok' end as base_status
    from sums
)

{{ kpi_result('C01', 'measured', dims=['dim_sector', 'dim_standard']) }}
