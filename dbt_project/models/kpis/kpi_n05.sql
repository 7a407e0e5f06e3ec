with

{{ target_measured({
    'headline': headline_progress, 'growth_rate': growth_progress, 'linear': linear_progress,
    'agreed_path': agreed_progress
}) }}

{{ kpi_result('N05', 'measured', dims=['dim_sector', 'dim_category', 'dim_variant'], unit="'ratio'") }}
