-- Absolute, relative or none. The result is the state; with a flat driver there is none.
with measured as (
    {{ decoupling_measured(
        'cast(null as double)',
        'cast(null as double)',
        'cast(null as double)',
        "case when base_status = 'ok' then decoupling_class end",
        "case when base_status = 'ok' and is_driver_flat then 'undefined' else base_status end"
    ) }}
)

{{ kpi_result('E23', 'measured', dims=['dim_sector', 'dim_variant'], categorical=true) }}
