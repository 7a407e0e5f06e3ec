with measured as (
    {{ company_measures(ref('int_water_scarcity'), 'E14') }}
)

{{ kpi_result('E14', 'measured') }}
