with

units as (
    select * from {{ ref('int_validated_units') }}
),

entities as (
    {{ buyers_and_sectors('units') }}
),

sums as (
    select
        entity_type,
        entity_id,
        dim_sector,
        period_start,
        period_end,
        fsum(spend) as spend,
        coalesce(fsum(spend) filter (where validated <> 'unknown'), 0) as known,
        coalesce(fsum(spend) filter (where validated = 'yes'), 0) as validated_spend,
        count(distinct supplier_id) as n_units,
        {{ spend_coverage() }} as known_share
    from entities
    group by entity_type, entity_id, dim_sector, period_start, period_end
),

measured as (
    select
        *,
        {{ ratio('validated_spend', 'known') }} as value,
        {{ ratio('validated_spend', 'spend') }} * known_share as value_low,
        {{ ratio('validated_spend + spend - known', 'spend') }} * known_share + 1 - known_share as value_high,
        cast(null as varchar) as state,
        {{ ratio('known', 'spend') }} * known_share as coverage,
        {{ registry_quality() }},
        case when spend > 0 and known = 0 then 'insufficient_coverage' else 'ok' end as base_status
    from sums
)

{{ kpi_result('C06', 'measured', dims=['dim_sector']) }}
