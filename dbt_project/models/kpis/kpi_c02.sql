{#- A supplier that names no production site to any of the buyers is one site; a site counts once, whoever uses it. -#}
with

units as (
    select * from {{ ref('int_certified_units') }}
),

entities as (
    {{ buyers_and_sectors('units') }}
),

named as (
    select
        *,
        count(production_site_id) over (
            partition by entity_type, entity_id, standard_id, year, supplier_id
        ) > 0 as has_named_site
    from entities
),

sites as (
    select
        entity_type,
        entity_id,
        dim_sector,
        standard_id as dim_standard,
        period_start,
        period_end,
        coalesce(production_site_id, supplier_id) as site_id,
        bool_or(is_matched) as is_matched,
        bool_or(is_covered) as is_covered
    from named
    where production_site_id is not null or not has_named_site
    group by
        entity_type, entity_id, dim_sector, standard_id, period_start, period_end,
        coalesce(production_site_id, supplier_id)
),

counted as (
    select
        entity_type,
        entity_id,
        dim_sector,
        dim_standard,
        period_start,
        period_end,
        count(*) as n_units,
        count(case when is_matched then 1 end) as n_matched,
        count(case when is_covered then 1 end) as n_covered
    from sites
    group by entity_type, entity_id, dim_sector, dim_standard, period_start, period_end
),

measured as (
    select
        *,
        {{ ratio('n_covered', 'n_matched') }} as value,
        {{ ratio('n_covered', 'n_units') }} as value_low,
        {{ ratio('n_covered + n_units - n_matched', 'n_units') }} as value_high,
        cast(null as varchar) as state,
        {{ ratio('n_matched', 'n_units') }} as coverage,
        {{ registry_quality() }},
        case when n_matched = 0 then 'insufficient_coverage' else 'ok' end as base_status
    from counted
)

{{ kpi_result('C02', 'measured', dims=['dim_sector', 'dim_standard']) }}
