with measured as (
    {{ company_measures(ref('int_energy'), 'E10') }}
)

{{ kpi_result('E10', 'measured') }}
