with

units as (
    select * from {{ ref('int_certified_units') }}
),

entities as (
    {{ buyers_and_sectors('units') }}
),

horizons as (
    select unnest([90, 180, 365]) as horizon_days
),

sums as (
    select
        e.entity_type,
        e.entity_id,
        e.dim_sector,
        e.standard_id as dim_standard,
        'within_' || h.horizon_days || '_days' as dim_variant,
        e.period_start,
        e.period_end,
        coalesce(fsum(e.spend) filter (where e.is_covered), 0) as covered,
        coalesce(fsum(
            case when e.is_covered and e.covered_until_date <= e.period_end + h.horizon_days then e.spend end
        ), 0) as ending,
        count(distinct e.supplier_id) filter (where e.is_covered) as n_units,
        coalesce({{ ratio('sum(case when e.is_matched then e.spend end)', 'sum(e.spend)') }}, 0)
        * {{ spend_coverage('e.spend', 'e.spend_weight', 'e.n_weighed', 'e.n_lines') }} as coverage
    from entities as e
    cross join horizons as h
    group by e.entity_type, e.entity_id, e.dim_sector, e.standard_id, h.horizon_days, e.period_start, e.period_end
    -- a standard that covers nothing of a buyer's spend has no row; with no standard at all, 'any' says undefined
    having covered > 0 or dim_standard = 'any'
),

measured as (
    select
        *,
        {{ ratio('ending', 'covered') }} as value,
        cast(null as double) as value_low,
        cast(null as double) as value_high,
        cast(null as varchar) as state,
        {{ registry_quality() }},
        'ok' as base_status
    from sums
)

{{ kpi_result('C07', 'measured', dims=['dim_sector', 'dim_standard', 'dim_variant']) }}
