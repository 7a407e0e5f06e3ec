with measured as (
    {{ company_measures(ref('int_emissions'), 'E02') }}
)

{{ kpi_result('E02', 'measured') }}
