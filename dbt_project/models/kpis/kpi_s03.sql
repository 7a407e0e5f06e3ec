with {{ living_wage_measures('cost_to_close', 'gap', is_total=true) }}

{{ kpi_result('S03', 'measured', dims=['dim_category']) }}
