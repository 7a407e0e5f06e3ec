-- Share of water consumed where baseline water stress is high, and where it is extremely high. Sites without a known
-- stress leave numerator and denominator (M7); the bounds take them as unstressed and as stressed.
with sites as (
    select
        *,
        unnest(['headline', 'extremely_high']) as dim_variant,
        round(baseline_water_stress, 9) as stress
    from {{ ref('int_water_consumption') }}
),

pairs as (
    select
        entity_id,
        year,
        cast(null as varchar) as dim_category,
        dim_variant,
        case
            when stress is null then null
            when dim_variant = 'headline' and stress >= {{ parameter('water_stress_high') }} then consumption_m3
            when dim_variant = 'extremely_high' and stress > {{ parameter('water_stress_extreme') }} then consumption_m3
            else consumption_m3 * 0
        end as numerator,
        case when stress is not null then consumption_m3 end as denominator,
        withdrawal_m3 as weight,
        tier,
        consumption_u as numerator_u,
        consumption_u as denominator_u,
        is_imputed,
        is_in_scope
    from sites
),

shares as (
    with all_pairs as (select * from pairs)

    {{ summed_pairs('all_pairs', is_share=true) }}
),

without_context as (
    {{ consumption_without('baseline_water_stress') }}
),

bounded as (
    select
        s.* replace (
            case
                when w.consumption_m3 is null then s.value_low
                else {{ ratio('coalesce(s.numerator, 0)', '(coalesce(s.denominator, 0) + w.consumption_m3)') }}
            end as value_low,
            case
                when w.consumption_m3 is null then s.value_high
                else {{ ratio(
                    '(coalesce(s.numerator, 0) + w.consumption_m3)',
                    '(coalesce(s.denominator, 0) + w.consumption_m3)'
                ) }}
            end as value_high,
            {{ status_without_context('s.base_status', 'w.consumption_m3') }} as base_status
        )
    from shares as s
    left join without_context as w on s.entity_id = w.entity_id and s.year = w.year
),

measured as (
    {{ company_ratios('bounded', "'headline'") }}
)

{{ kpi_result('E15', 'measured', dims=['dim_variant']) }}
