with

{{ freight_measured([
    {
        'name': 'mean',
        'value': ratio('sum(' ~ exact('mass_t * distance_km') ~ ')', 'sum(case when distance_km is not null then mass_t end)'),
        'low': 'cast(null as double)',
        'high': 'cast(null as double)',
    },
    {
        'name': 'tonne_kilometres',
        'value': 'sum(' ~ exact('mass_t * distance_km') ~ ')',
        'low': 'cast(null as double)',
        'high': 'cast(null as double)',
    }], 'distance_km is not null', 'distance_tier') }}

{{ kpi_result('R09', 'measured', dims=['dim_category', 'dim_variant'],
    unit="case dim_variant when 'tonne_kilometres' then 't km' end") }}
