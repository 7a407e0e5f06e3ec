{#-
  Product carbon footprint, cradle to gate, per declared unit: the roll-up of what a company makes, else its declaration;
  beside it every declaration, also per kilogram.
-#}
with variants as (
    select
        *,
        unnest(
            case when is_headline then ['headline'] else [] end
            || case when source_kind = 'declared' then ['declared'] else [] end
            || case when pcf_per_kg is not null then ['declared_per_kg'] else [] end
        ) as dim_variant
    from {{ ref('int_footprints') }}
),

chosen as (
    select
        * exclude (value, half_width),
        case dim_variant when 'declared_per_kg' then pcf_per_kg else value end as value,
        case dim_variant when 'declared_per_kg' then half_width_per_kg else half_width end as half_width
    from variants
),

measured as (
    select
        * exclude (entity_id),
        'product' as entity_type,
        node_id as entity_id,
        make_date(cast(year as integer), 1, 1) as period_start,
        make_date(cast(year as integer), 12, 31) as period_end,
        {{ interval_end('value', 'half_width', '-', 'true') }} as value_low,
        {{ interval_end('value', 'half_width', '+', 'true') }} as value_high
    from chosen
)

{{ kpi_result(
    'E07', 'measured', dims=['dim_variant'], unit="case dim_variant when 'declared_per_kg' then 'kg CO2e/kg' end"
) }}
