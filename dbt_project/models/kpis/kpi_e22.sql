-- Elasticity of the pressure to the driver, with the state in words.
with measured as (
    {{ decoupling_measured(
        'elasticity',
        'least(elasticity_at_least_pressure, elasticity_at_most_pressure)',
        'greatest(elasticity_at_least_pressure, elasticity_at_most_pressure)',
        "case when base_status = 'ok' then decoupling_state end"
    ) }}
    where is_bounded_driver is not true
)

{{ kpi_result('E22', 'measured', dims=['dim_sector', 'dim_variant']) }}
