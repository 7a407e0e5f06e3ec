-- Raw material behind the material input, by type of footprint, and per service unit of the company.
with footprints as (
    select * from {{ ref('int_material_totals') }}
    where measure <> 'direct_material_input'
),

services as (
    select
        entity_id,
        year,
        sum(value) as service_units,
        sqrt(cast(sum({{ exact('power(u_rel * value, 2)') }}) as double)) as half_width
    from {{ ref('int_answers') }}
    where question_id = 'service_units'
    group by entity_id, year
    having bool_and(value is not null)
),

variants as (
    select
        *,
        'headline' as dim_variant,
        value as measure_value,
        half_width as width
    from footprints
    union all
    select
        f.*,
        'per_service_unit',
        {{ ratio('f.value * 1000', 's.service_units') }},
        {{ ratio('f.value * 1000', 's.service_units') }}
        * {{ u_product(ratio('f.half_width', 'abs(f.value)'), ratio('s.half_width', 's.service_units')) }}
    from footprints as f
    inner join services as s on f.entity_id = s.entity_id and f.year = s.year
),

measured as (
    select
        entity_type,
        entity_id,
        measure as dim_category,
        dim_variant,
        make_date(cast(year as integer), 1, 1) as period_start,
        make_date(cast(year as integer), 12, 31) as period_end,
        measure_value as value,
        {{ interval_end('measure_value', 'width', '-', 'true') }} as value_low,
        {{ interval_end('measure_value', 'width', '+', 'true') }} as value_high,
        case dim_variant when 'per_service_unit' then 'kg/service unit' end as variant_unit,
        cast(null as varchar) as state,
        coverage,
        n_units,
        dq_score,
        primary_share,
        imputed_share,
        worst_tier,
        is_lower_bound,
        base_status
    from variants
)

{{ kpi_result('E21', 'measured', dims=['dim_category', 'dim_variant'], unit='variant_unit') }}
