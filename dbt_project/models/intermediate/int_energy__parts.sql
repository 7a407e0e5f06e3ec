-- What energy use (E10) is made of: a reported total, or fuels, electricity, heat and own generation less energy sold.
with answers as (
    select
        a.*,
        f.mwh_per_unit
    from {{ ref('int_answers') }} as a
    left join {{ ref('fuels') }} as f
        on a.question_id = 'fuel_qty' and a.item = f.fuel_type and a.unit = f.canonical_unit
    where
        a.question_id in (
            'energy_total_mwh', 'fuel_qty', 'electricity_mwh', 'heat_mwh', 'self_generated_mwh', 'sold_mwh'
        )
),

in_mwh as (
    select
        *,
        case
            when value = 0 or unit = 'MWh' then value
            else {{ exact('value * mwh_per_unit') }}
        end as mwh
    from answers
),

parts as (
    select
        'E10' as kpi_id,
        entity_id,
        year,
        cast(null as varchar) as dim_category,
        site_id,
        question_id,
        item,
        question_id = 'energy_total_mwh' as is_total,
        value_state <> 'not_applicable' as is_in_scope,
        value as quantity,
        unit as quantity_unit,
        case when question_id = 'sold_mwh' then -mwh else mwh end as amount,
        case when question_id <> 'energy_total_mwh' then mwh end as weight,
        data_tier as tier,
        cast(u_rel as double) as u_rel,
        is_imputed,
        value_state,
        delivery_id,
        row_number,
        cast(null as varchar) as factor_kind,
        cast(null as varchar) as factor_key,
        cast(null as decimal(28, 9)) as factor_value,
        cast(null as varchar) as factor_unit,
        cast(null as varchar) as factor_delivery_id,
        cast(null as bigint) as factor_row_number
    from in_mwh
)

{{ chosen_parts('parts') }}
