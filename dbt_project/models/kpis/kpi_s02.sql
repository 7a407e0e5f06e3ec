with {{ living_wage_measures('gap_depth', 'gap') }}

{{ kpi_result('S02', 'measured', dims=['dim_category']) }}
