with

{{ target_measured({'': target_attainment}) }}

{{ kpi_result('N04', 'measured', dims=['dim_sector', 'dim_category']) }}
