-- Circular use U = recycled in the area - brought in for recycling + sent out for recycling, over consumption + U.
with terms as (
    select
        entity_id,
        year,
        material_group as dim_category,
        max(amount) filter (where question_id = 'dmc_t') as dmc,
        max(half_width) filter (where question_id = 'dmc_t') as dmc_width,
        bool_or(is_in_scope) filter (where question_id = 'dmc_t') as has_consumption,
        case
            when count(case when question_id <> 'dmc_t' then amount end) = 3
                then sum(
                    case question_id when 'waste_import_recycling_t' then -amount when 'dmc_t' then 0 else amount end
                )
        end as circular,
        sqrt(cast(sum({{ exact('power(half_width, 2)') }}) filter (where question_id <> 'dmc_t') as double))
            as circular_width,
        {{ ratio('count(amount) filter (where is_in_scope)', 'count(*) filter (where is_in_scope)') }} as coverage,
        count(*) filter (where is_in_scope) as n_units,
        count(amount) filter (where is_in_scope) as n_known,
        {{ weighed_mean('dq_score', "case when question_id <> 'dmc_t' then amount end") }} as dq_score,
        {{ weighed_mean('primary_share', "case when question_id <> 'dmc_t' then amount end") }} as primary_share,
        {{ weighed_mean('imputed_share', "case when question_id <> 'dmc_t' then amount end") }} as imputed_share,
        max(worst_tier) as worst_tier
    from {{ ref('int_area_materials') }}
    group by entity_id, year, material_group
),

-- Less than nothing cannot be used or consumed: such terms contradict each other and there is no rate.
rates as (
    select
        *,
        case when circular >= 0 and dmc >= 0 then {{ ratio('circular', 'dmc + circular') }} end as rate,
        {{ ratio(
            'sqrt(power(cast(dmc as double) * circular_width, 2) + power(cast(circular as double) * dmc_width, 2))',
            'power(cast(dmc + circular as double), 2)'
        ) }} as half_width
    from terms
),

measured as (
    select
        case entity_id when 'network' then 'network' else 'region' end as entity_type,
        entity_id,
        dim_category,
        make_date(cast(year as integer), 1, 1) as period_start,
        make_date(cast(year as integer), 12, 31) as period_end,
        rate as value,
        case when rate is not null then greatest(0, {{ interval_end('rate', 'half_width', '-') }}) end as value_low,
        case when rate is not null then least(1, {{ interval_end('rate', 'half_width', '+') }}) end as value_high,
        cast(null as varchar) as state,
        coalesce(coverage, 0) as coverage,
        n_units,
        dq_score,
        primary_share,
        imputed_share,
        worst_tier,
        false as is_lower_bound,
        case
            when not has_consumption then 'not_applicable'
            when n_known = 0 then 'not_reported'
            when n_known < n_units then 'insufficient_coverage'
            else 'ok'
        end as base_status
    from rates
)

{{ kpi_result('E18', 'measured', dims=['dim_category']) }}
