-- Categories appear where a company reports them; a company without any is listed under category 1.
with measured as (
    {{ company_measures(ref('int_emissions'), 'E04', default_category="'1'") }}
)

{{ kpi_result('E04', 'measured', dims=['dim_category']) }}
