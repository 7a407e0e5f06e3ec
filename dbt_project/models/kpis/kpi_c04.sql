{#- Weights are the covered spend; a covering certificate that does not say its assurance or stage is unknown (M3). -#}
with

units as (
    select * from {{ ref('int_certified_units') }}
),

entities as (
    {{ buyers_and_sectors('units') }}
),

levels as (
    select unnest([1, 2, 3, 4]) as level
),

measures as (
    select
        *, 'assurance_level' as dim_variant, 'level' as result_unit, assurance_level as score, 1 as lowest, 4 as highest
    from entities
    union all
    select
        e.*, 'level_' || l.level, 'share',
        case when e.assurance_level = l.level then 1 else e.assurance_level * 0 end, 0, 1
    from entities as e
    cross join levels as l
    union all
    select *, 'reached_stage', 'share', stage_share, 0, 1
    from entities
    where standard_id <> 'any'
),

sums as (
    select
        entity_type,
        entity_id,
        dim_sector,
        standard_id as dim_standard,
        dim_variant,
        result_unit as variant_unit,
        period_start,
        period_end,
        count(distinct supplier_id) filter (where is_covered) as n_units,
        coalesce(fsum(spend) filter (where is_covered), 0) as covered,
        coalesce(fsum(spend) filter (where is_covered and score is not null), 0) as known,
        coalesce(fsum(spend * score) filter (where is_covered), 0) as scored,
        max(lowest) as lowest,
        max(highest) as highest
    from measures
    group by
        entity_type, entity_id, dim_sector, standard_id, dim_variant, result_unit, period_start, period_end
    -- a standard that covers nothing of a buyer's spend has no row; with no standard at all, 'any' says undefined
    having covered > 0 or dim_standard = 'any'
),

measured as (
    select
        *,
        {{ ratio('scored', 'known') }} as value,
        {{ ratio('scored + lowest * (covered - known)', 'covered') }} as value_low,
        {{ ratio('scored + highest * (covered - known)', 'covered') }} as value_high,
        cast(null as varchar) as state,
        {{ ratio('known', 'covered') }} as coverage,
        {{ registry_quality() }},
        case when covered > 0 and known = 0 then 'not_reported' else 'ok' end as base_status
    from sums
)

{{ kpi_result('C04', 'measured', dims=['dim_sector', 'dim_standard', 'dim_variant'], unit='variant_unit') }}
