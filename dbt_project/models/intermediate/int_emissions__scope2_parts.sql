-- What scope 2 is made of, by location (E02) and by market (E03): a reported total, or electricity and heat.
with answers as (
    select
        a.*,
        e.country
    from {{ ref('int_answers') }} as a
    left join {{ ref('int_answers__entities') }} as e on a.entity_id = e.entity_id and a.year = e.year
    where a.question_id in ('scope2_location_t', 'scope2_market_t', 'electricity_mwh', 'heat_mwh')
),

factors as (
    select * from {{ ref('int_emissions__factors') }}
    where factor_kind in ('grid_location', 'residual_mix', 'heat') and per_unit = 'MWh'
),

contracts as (
    select * from {{ ref('int_emissions__contracts') }}
),

kinds as (
    select
        'E02' as kpi_id,
        'scope2_location_t' as total_id
    union all
    select 'E03', 'scope2_market_t'
),

-- The same carriers twice, once for each method; each total belongs to one of them.
methods as (
    select
        a.*,
        k.kpi_id
    from answers as a
    inner join kinds as k on a.question_id in (k.total_id, 'electricity_mwh', 'heat_mwh')
),

priced as (
    select
        m.*,
        f.factor_kind,
        f.factor_key,
        f.factor_value,
        f.factor_unit,
        f.u_rel as factor_u_rel,
        coalesce(f.age_months, 0) as age_months,
        f.delivery_id as factor_delivery_id,
        f.row_number as factor_row_number,
        f.t_per_unit,
        case when m.kpi_id = 'E03' and m.question_id = 'electricity_mwh' then coalesce(c.covered_share, 0) else 0 end
            as covered,
        coalesce(c.contract_factor, 0) as contract_factor,
        row_number() over (
            partition by m.kpi_id, m.delivery_id, m.row_number, m.year
            order by case f.factor_kind when 'residual_mix' then 1 else 2 end
        ) as preference
    from methods as m
    left join contracts as c on m.entity_id = c.entity_id and m.year = c.year
    left join factors as f
        on
            lower(m.country) = f.factor_key and m.year = f.year
            and (
                (m.question_id = 'heat_mwh' and f.factor_kind = 'heat')
                or (m.question_id = 'electricity_mwh' and f.factor_kind = 'grid_location')
                or (m.question_id = 'electricity_mwh' and m.kpi_id = 'E03' and f.factor_kind = 'residual_mix')
            )
)

select
    kpi_id,
    entity_id,
    year,
    cast(null as varchar) as dim_category,
    site_id,
    question_id,
    item,
    question_id not in ('electricity_mwh', 'heat_mwh') as is_total,
    value_state <> 'not_applicable' as is_in_scope,
    value as quantity,
    unit as quantity_unit,
    case
        when value = 0 or question_id not in ('electricity_mwh', 'heat_mwh') then value
        when covered = 1 then {{ exact('value * contract_factor') }}
        else {{ exact('value * (covered * contract_factor + (1 - covered) * t_per_unit)') }}
    end as amount,
    case when question_id in ('electricity_mwh', 'heat_mwh') then value end as weight,
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
where preference = 1
