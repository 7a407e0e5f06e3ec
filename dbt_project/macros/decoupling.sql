{#- Tapio state (E22): e is the elasticity rounded to 9 decimals; the coupling band is closed at both ends. -#}
{% macro decoupling_state(e, driver_growth, is_driver_flat) -%}
    case
        when {{ is_driver_flat }} then 'driver_flat'
        when {{ driver_growth }} > 0 and {{ e }} < 0 then 'strong_decoupling'
        when {{ driver_growth }} > 0 and {{ e }} < {{ parameter('tapio_low') }} then 'weak_decoupling'
        when {{ driver_growth }} > 0 and {{ e }} <= {{ parameter('tapio_high') }} then 'expansive_coupling'
        when {{ driver_growth }} > 0 then 'expansive_negative_decoupling'
        when {{ e }} < 0 then 'strong_negative_decoupling'
        when {{ e }} < {{ parameter('tapio_low') }} then 'weak_negative_decoupling'
        when {{ e }} <= {{ parameter('tapio_high') }} then 'recessive_coupling'
        when {{ e }} is not null then 'recessive_decoupling'
    end
{%- endmacro %}

{#- Class (E23): pressure that stays is already absolute, though the state is weak decoupling. -#}
{% macro decoupling_class(pressure_growth, driver_growth) -%}
    case
        when {{ driver_growth }} > 0 and {{ pressure_growth }} <= 0 then 'absolute'
        when {{ driver_growth }} > 0 and {{ pressure_growth }} < {{ driver_growth }} then 'relative'
        when {{ driver_growth }} is not null and {{ pressure_growth }} is not null then 'none'
    end
{%- endmacro %}

{#- The columns of a measured value that E22, E23 and E24 share. -#}
{% macro decoupling_measured(value, low, high, state, base_status='base_status') -%}
    select
        entity_type,
        entity_id,
        period_start,
        period_end,
        dim_sector,
        dim_variant,
        {{ value }} as value,
        {{ low }} as value_low,
        {{ high }} as value_high,
        {{ state }} as state,
        coverage,
        n_units,
        dq_score,
        primary_share,
        imputed_share,
        worst_tier,
        false as is_lower_bound,
        {{ base_status }} as base_status
    from {{ ref('int_decoupling') }}
{%- endmacro %}
