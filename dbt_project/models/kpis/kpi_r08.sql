with

{{ freight_measured([
    {
        'name': 'share',
        'value': ratio('sum(case when is_regional then mass_t else 0 end)',
            'sum(case when is_regional is not null then mass_t end)'),
        'low': ratio('sum(case when is_regional then mass_t else 0 end)', 'sum(mass_t)'),
        'high': ratio('sum(case when coalesce(is_regional, true) then mass_t else 0 end)', 'sum(mass_t)'),
    }], 'is_regional is not null', '2') }}

{{ kpi_result('R08', 'measured', dims=['dim_category', 'dim_standard']) }}
