with

principles as (
    select * from {{ ref('int_principle_levels') }}
),

areas as (
    select
        entity_id,
        year,
        area,
        sum(cast(is_applicable as integer)) as n_units,
        count(level) as n_known,
        count(case when level >= 2 then 1 end) as n_covered,
        coalesce(sum(level), 0) as depth,
        avg(level) as mean_level,
        sum(tier) filter (where level is not null) as tiers,
        count(case when tier <= 2 and level is not null then 1 end) as n_primary,
        max(tier) filter (where level is not null) as worst_tier
    from principles
    group by entity_id, year, area
),

companies as (
    select
        entity_id,
        year,
        sum(n_units) as n_units,
        sum(n_known) as n_known,
        sum(n_covered) as n_covered,
        sum(depth) as depth,
        {{ ratio('sum(n_known)', 'sum(n_units)') }} as coverage,
        {{ ratio('sum(tiers)', 'sum(n_known)') }} as dq_score,
        {{ ratio('sum(n_primary)', 'sum(n_known)') }} as primary_share,
        max(worst_tier) as worst_tier,
        {{ flag_status('sum(n_known)', 'sum(n_units)') }} as base_status,
        case when bool_and(n_known > 0 or n_units = 0) then min(mean_level) end as weakest,
        arg_min(area, { 'level': mean_level, 'area': area }) filter (where n_known > 0) as weakest_area,
        min({{ ratio('depth', 'n_units') }}) as weakest_low,
        min({{ ratio('depth + 4 * (n_units - n_known)', 'n_units') }}) as weakest_high
    from areas
    group by entity_id, year
),

variants as (
    select *, 'coverage' as dim_variant, null as state, {{ flag_share('n_covered', 'n_known', 'n_units') }}
    from companies
    union all
    select
        *, 'depth', null, {{ ratio('depth', '4 * n_known') }}, {{ ratio('depth', '4 * n_units') }},
        {{ ratio('depth + 4 * (n_units - n_known)', '4 * n_units') }}
    from companies
    union all
    select
        * replace (
            case when base_status = 'ok' and weakest is null then 'insufficient_coverage' else base_status end
                as base_status
        ),
        'weakest_area', case when weakest is not null then weakest_area end, weakest, weakest_low, weakest_high
    from companies
),

measured as (
    {{ answered_measures('variants', ['coverage', 'depth', 'weakest_area']) }}
)

{{ kpi_result('G01', 'measured', dims=['dim_variant'], unit="case dim_variant when 'weakest_area' then 'level' end") }}
