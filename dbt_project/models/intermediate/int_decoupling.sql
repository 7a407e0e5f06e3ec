-- Elasticity and state (E22), class (E23) and factor (E24) from P0, P1, D0, D1. Growth is rounded to 9 decimals before
-- it meets a class boundary.
with inputs as (
    select
        *,
        p0 is not null and p1 is not null and d0 is not null and d1 is not null as has_four_values,
        round({{ ratio('p1', 'p0') }} - 1, 9) as pressure_growth,
        round({{ ratio('d1', 'd0') }} - 1, 9) as driver_growth
    from {{ ref('int_decoupling_inputs') }}
),

judged as (
    select
        *,
        case
            when not has_four_values then 'not_reported'
            when p0 <= 0 or d0 <= 0 then 'undefined'
            when
                round(least(coverage0, coverage1), 9) < {{ parameter('cov_A') }}
                or round(abs(coverage1 - coverage0), 9) > {{ parameter('coverage_difference_max') }}
                then 'insufficient_coverage'
            else 'ok'
        end as base_status,
        abs(driver_growth) < {{ parameter('driver_flat_eps') }} as is_driver_flat
    from inputs
),

measured as (
    select
        *,
        base_status in ('ok', 'insufficient_coverage') as has_meaning,
        -- A driver between 0 and 1 would inflate the elasticity: such a pair has a class and a factor only.
        case
            when not is_driver_flat and is_bounded_driver is not true
                then round({{ ratio('pressure_growth', 'driver_growth') }}, 9)
        end as e
    from judged
)

select
    entity_type,
    entity_id,
    dim_sector,
    pair_id as dim_variant,
    period_start,
    period_end,
    case when has_meaning then e end as elasticity,
    case
        when has_meaning and is_bounded_driver is not true
            then {{ decoupling_state('e', 'driver_growth', 'is_driver_flat') }}
    end as decoupling_state,
    case when has_meaning and not is_driver_flat then {{ decoupling_class('pressure_growth', 'driver_growth') }} end
        as decoupling_class,
    case when has_meaning then round(1 - {{ ratio(ratio('p1', 'd1'), ratio('p0', 'd0')) }}, 9) end as decoupling_factor,
    case when has_meaning then 1 - {{ ratio(ratio('p1_high', 'd1'), ratio('p0_low', 'd0')) }} end as factor_low,
    case when has_meaning then 1 - {{ ratio(ratio('p1_low', 'd1'), ratio('p0_high', 'd0')) }} end as factor_high,
    case when e is not null and has_meaning then {{ ratio(ratio('p1_low', 'p0_high') ~ ' - 1', 'driver_growth') }} end
        as elasticity_at_least_pressure,
    case when e is not null and has_meaning then {{ ratio(ratio('p1_high', 'p0_low') ~ ' - 1', 'driver_growth') }} end
        as elasticity_at_most_pressure,
    is_driver_flat,
    is_bounded_driver,
    base_status,
    -- Coverage of the result row is that of the four values (Z); the ends' own coverage decides the status above.
    case
        when base_status = 'insufficient_coverage' then least(coverage0, coverage1)
        else cast(has_four_values as integer)
    end as coverage,
    n_units,
    dq_score,
    primary_share,
    imputed_share,
    worst_tier
from measured
