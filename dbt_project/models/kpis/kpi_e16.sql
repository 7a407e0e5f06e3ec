-- Share of waste that is diverted from disposal, with its hazardous share and its mass as companions.
with shares as (
    select
        *,
        dim_variant = 'total_waste' as is_mass,
        {{ interval_end('numerator', 'mass_half_width', '-') }} as mass_low,
        {{ interval_end('numerator', 'mass_half_width', '+') }} as mass_high
    from {{ ref('int_waste') }}
),

waste as (
    select
        * replace (
            case when is_mass then numerator else value end as value,
            case when is_mass then mass_low else value_low end as value_low,
            case when is_mass then mass_high else value_high end as value_high
        )
    from shares
),

measured as (
    {{ company_ratios('waste', "'headline'", is_lower_bound="m.is_mass and m.coverage < 1") }}
)

{{ kpi_result('E16', 'measured', dims=['dim_variant'], unit="case when dim_variant = 'total_waste' then 't' end") }}
