-- What scope 1 is made of: a reported total, or fuels, processes and refrigerants.
with answers as (
    select *
    from {{ ref('int_answers') }}
    where question_id in ('scope1_t', 'fuel_qty', 'process_emission_t', 'refrigerant_kg')
),

-- Refrigerants are asked in kg; factors are kept per tonne.
quantities as (
    select
        *,
        case when question_id = 'refrigerant_kg' then value * 0.001 else value end as quantity,
        case when question_id = 'refrigerant_kg' then 't' else unit end as per_unit
    from answers
),

-- A factor per MWh also serves a fuel in litres, cubic metres or tonnes, by its net calorific value.
carriers as (
    select
        q.*,
        f.mwh_per_unit
    from quantities as q
    left join {{ ref('fuels') }} as f
        on q.question_id = 'fuel_qty' and q.item = f.fuel_type and q.per_unit = f.canonical_unit
),

factors as (
    select * from {{ ref('int_emissions__factors') }}
    where factor_kind in ('fuel', 'refrigerant')
),

priced as (
    select
        c.*,
        case
            when c.question_id in ('scope1_t', 'process_emission_t') then 1
            else coalesce(d.t_per_unit, c.mwh_per_unit * m.t_per_unit)
        end as t_per_unit,
        coalesce(d.factor_kind, m.factor_kind) as factor_kind,
        coalesce(d.factor_key, m.factor_key) as factor_key,
        coalesce(d.factor_value, m.factor_value) as factor_value,
        coalesce(d.factor_unit, m.factor_unit) as factor_unit,
        coalesce(d.u_rel, m.u_rel) as factor_u_rel,
        coalesce(d.age_months, m.age_months, 0) as age_months,
        coalesce(d.delivery_id, m.delivery_id) as factor_delivery_id,
        coalesce(d.row_number, m.row_number) as factor_row_number
    from carriers as c
    left join factors as d
        on
            c.item = d.factor_key and c.year = d.year and c.per_unit = d.per_unit
            and d.factor_kind = case c.question_id when 'fuel_qty' then 'fuel' else 'refrigerant' end
    left join factors as m
        on
            c.question_id = 'fuel_qty' and c.item = m.factor_key and c.year = m.year
            and m.factor_kind = 'fuel' and m.per_unit = 'MWh' and d.factor_key is null
)

select
    'E01' as kpi_id,
    entity_id,
    year,
    cast(null as varchar) as dim_category,
    site_id,
    question_id,
    item,
    question_id = 'scope1_t' as is_total,
    value_state <> 'not_applicable' as is_in_scope,
    value as quantity,
    unit as quantity_unit,
    case when quantity = 0 then cast(0 as decimal(38, 9)) else {{ exact('quantity * t_per_unit') }} end as amount,
    {{ exact('quantity * mwh_per_unit') }} as weight,
    {{ aged_tier('data_tier', 'age_months') }} as tier,
    {{ u_product('u_rel', 'factor_u_rel') }} as u_rel,
    is_imputed,
    value_state,
    delivery_id,
    row_number,
    factor_kind,
    factor_key,
    factor_value,
    factor_unit,
    factor_delivery_id,
    factor_row_number
from priced
