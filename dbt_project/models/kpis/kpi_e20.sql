-- Material per value added, its inverse, its fall from one year to the next, and the material input itself.
with inputs as (
    select
        *,
        {{ u_product(
            ratio('paired_half_width', 'abs(paired_value)'),
            ratio('value_added_half_width', 'abs(paired_value_added)')
        ) }} as u_rel,
        -- Without a positive value added there is no intensity.
        case when paired_value_added > 0 then {{ ratio('paired_value', 'paired_value_added') }} end as intensity,
        case when paired_value_added > 0 then {{ ratio('paired_value_added * 1000', 'paired_value') }} end
            as productivity,
        case
            when base_status = 'ok' and paired_value is null then 'not_reported'
            else base_status
        end as pair_status
    from {{ ref('int_material_totals') }}
    where measure = 'direct_material_input'
),

-- Both ends of the rate are the results of one entity in consecutive years.
changes as (
    select
        b.* replace (
            least(a.paired_coverage, b.paired_coverage) as paired_coverage,
            {{ u_product('a.u_rel', 'b.u_rel') }} as u_rel,
            case when a.pair_status <> 'ok' then a.pair_status else b.pair_status end as pair_status,
            greatest(a.imputed_share, b.imputed_share) as imputed_share,
            greatest(a.worst_tier, b.worst_tier) as worst_tier
        ),
        {{ ratio('b.intensity', 'a.intensity') }} as remaining
    from inputs as b
    inner join inputs as a on b.entity_type = a.entity_type and b.entity_id = a.entity_id and b.year = a.year + 1
),

variants as (
    select
        *, 'material_intensity' as dim_variant, year as year_from, intensity as measure_value,
        intensity * u_rel as width, paired_coverage as used_coverage, pair_status as used_status
    from inputs
    union all
    select *, 'resource_productivity', year, productivity, productivity * u_rel, paired_coverage, pair_status
    from inputs
    union all
    select *, 'direct_material_input', year, value, half_width, coverage, base_status from inputs
    union all
    select
        * exclude (remaining), 'dematerialisation_rate', year - 1, remaining, remaining * u_rel, paired_coverage,
        pair_status
    from changes
),

intervals as (
    select
        *,
        dim_variant = 'dematerialisation_rate' as is_rate,
        {{ interval_end('measure_value', 'width', '-', 'true') }} as measure_low,
        {{ interval_end('measure_value', 'width', '+', 'true') }} as measure_high
    from variants
),

measured as (
    select
        entity_type, entity_id, dim_variant,
        make_date(cast(year_from as integer), 1, 1) as period_start,
        make_date(cast(year as integer), 12, 31) as period_end,
        case when is_rate then 1 - measure_value else measure_value end as value,
        case when is_rate then 1 - measure_high else measure_low end as value_low,
        case when is_rate then 1 - measure_low else measure_high end as value_high,
        case dim_variant
            when 'resource_productivity' then 'EUR/kg'
            when 'direct_material_input' then 't'
            when 'dematerialisation_rate' then 'ratio'
        end as variant_unit,
        cast(null as varchar) as state,
        used_coverage as coverage,
        n_units, dq_score, primary_share, imputed_share, worst_tier,
        is_lower_bound and dim_variant = 'direct_material_input' as is_lower_bound,
        used_status as base_status
    from intervals
)

{{ kpi_result('E20', 'measured', dims=['dim_variant'], unit='variant_unit') }}
