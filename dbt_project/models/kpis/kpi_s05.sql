with {{ injury_rates('S05', {'headline': {'hours': parameter('ltifr_base'), 'unit': 'per 1e6 h'}}) }}

{{ kpi_result('S05', 'measured', dims=['dim_category', 'dim_variant'], unit="rate_unit") }}
