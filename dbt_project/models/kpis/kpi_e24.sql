-- Fall of the intensity from the first to the last period. It says nothing about absolute decoupling: see E23.
with measured as (
    {{ decoupling_measured('decoupling_factor', 'factor_low', 'factor_high', 'cast(null as varchar)') }}
)

{{ kpi_result('E24', 'measured', dims=['dim_sector', 'dim_variant']) }}
