-- Material circularity of products, and of companies as the mean of their products weighed by mass.
with products as (
    select
        *,
        coalesce(mass_t, avg(cast(mass_t as double)) over (partition by entity_id, year), 1) as weight,
        case when value is not null then mass_t end as used_mass
    from {{ ref('int_circularity') }}
),

companies as (
    select
        entity_id,
        year,
        cast(null as varchar) as dim_category,
        cast(null as varchar) as dim_variant,
        {{ ratio('fsum(used_mass * value)', 'sum(used_mass)') }} as value,
        {{ ratio('fsum(used_mass * value_low)', 'sum(used_mass)') }} as value_low,
        {{ ratio('fsum(used_mass * value_high)', 'sum(used_mass)') }} as value_high,
        case
            when count(used_mass) = count(*) filter (where base_status <> 'not_applicable') then 1
            else {{ ratio(
                'coalesce(fsum(case when used_mass is not null then weight end), 0)',
                "fsum(case when base_status <> 'not_applicable' then weight end)"
            ) }}
        end as coverage,
        count(*) filter (where base_status <> 'not_applicable') as n_units,
        {{ weighed_mean('dq_score', 'used_mass') }} as dq_score,
        {{ weighed_mean('primary_share', 'used_mass') }} as primary_share,
        {{ weighed_mean('imputed_share', 'used_mass') }} as imputed_share,
        max(worst_tier) as worst_tier,
        case
            when bool_and(base_status = 'not_applicable') then 'not_applicable'
            when bool_and(base_status in ('not_applicable', 'not_reported')) then 'not_reported'
            when count(used_mass) = 0 then 'insufficient_coverage'
            else 'ok'
        end as base_status
    from products
    group by entity_id, year
),

company_rows as (
    {{ company_ratios('companies') }}
),

measured as (
    select * exclude (dim_category, dim_variant) from company_rows
    union all
    select
        'product' as entity_type,
        concat_ws('|', entity_id, nullif(site_id, ''), product_id) as entity_id,
        make_date(cast(year as integer), 1, 1) as period_start,
        make_date(cast(year as integer), 12, 31) as period_end,
        value,
        value_low,
        value_high,
        cast(null as varchar) as state,
        coverage,
        1 as n_units,
        dq_score,
        primary_share,
        imputed_share,
        worst_tier,
        false as is_lower_bound,
        base_status
    from products
)

{{ kpi_result('E19', 'measured') }}
