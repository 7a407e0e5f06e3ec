with {{ living_wage_measures('share_below', 'below') }}

{{ kpi_result('S01', 'measured', dims=['dim_category']) }}
