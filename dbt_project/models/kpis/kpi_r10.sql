with

{{ freight_measured([
    {
        'name': 'index',
        'value': ratio('sum(' ~ exact('mass_t * exp(-distance_km / ' ~ parameter('regional_decay_km') ~ ')') ~ ')',
            'sum(case when distance_km is not null then mass_t end)'),
        'low': ratio('sum(' ~ exact('mass_t * exp(-distance_km / ' ~ parameter('regional_decay_low_km') ~ ')') ~ ')',
            'sum(case when distance_km is not null then mass_t end)'),
        'high': ratio('sum(' ~ exact('mass_t * exp(-distance_km / ' ~ parameter('regional_decay_high_km') ~ ')') ~ ')',
            'sum(case when distance_km is not null then mass_t end)'),
    }], 'distance_km is not null', 'distance_tier') }}

{{ kpi_result('R10', 'measured', dims=['dim_category']) }}
