with measured as (
    {{ company_measures(ref('int_water'), 'E13') }}
)

{{ kpi_result('E13', 'measured') }}
