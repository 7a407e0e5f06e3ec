with {{ injury_rates('S06', {
    'per_200000_h': {'hours': parameter('trir_base'), 'unit': 'per 2e5 h'},
    'per_million_h': {'hours': parameter('ltifr_base'), 'unit': 'per 1e6 h'}
}) }}

{{ kpi_result('S06', 'measured', dims=['dim_category', 'dim_variant'], unit="rate_unit") }}
