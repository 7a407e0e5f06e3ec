with measured as (
    {{ company_measures(ref('int_emissions'), 'E03') }}
)

{{ kpi_result('E03', 'measured') }}
