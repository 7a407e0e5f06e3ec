with measured as (
    {{ company_measures(ref('int_emissions'), 'E01') }}
)

{{ kpi_result('E01', 'measured') }}
