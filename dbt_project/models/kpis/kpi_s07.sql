with {{ injury_rates('S07', {'headline': {'hours': parameter('ltifr_base'), 'unit': 'per 1e6 h'}}) }}

{{ kpi_result('S07', 'measured', dims=['dim_category', 'dim_variant'], unit="rate_unit") }}
