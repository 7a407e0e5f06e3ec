-- Renewable energy (numerator of E11): fuels and heat, own generation, and electricity under cancelled certificates.
with answers as (
    select *
    from {{ ref('int_answers') }}
    where question_id in ('renewable_mwh', 'self_generated_mwh', 'eac_cancelled_mwh', 'fuel_qty', 'electricity_mwh')
),

electricity as (
    select
        entity_id,
        year,
        sum(value) as electricity_mwh
    from answers
    where question_id = 'electricity_mwh'
    group by entity_id, year
),

-- Renewable fuels count by their own amount where the company does not state a renewable amount.
stated as (
    select
        entity_id,
        year,
        max(value) as renewable_mwh
    from answers
    where question_id = 'renewable_mwh'
    group by entity_id, year
)

select
    a.entity_id,
    a.year,
    a.site_id,
    a.question_id,
    a.item,
    a.value as quantity,
    a.unit as quantity_unit,
    a.value_state <> 'not_applicable' as is_in_scope,
    a.value_state,
    case
        -- Certificates beyond the electricity they cover count for nothing.
        when a.question_id = 'eac_cancelled_mwh'
            then
                case
                    when a.value = 0 then 0
                    else
                        least(
                            a.value,
                            {{ exact("a.value * " ~ ratio('e.electricity_mwh', 'sum(a.value) over company_question')) }}
                        )
                end
        when a.question_id = 'fuel_qty' then {{ exact('a.value * f.mwh_per_unit') }}
        else a.value
    end as amount,
    a.data_tier as tier,
    a.u_rel,
    a.is_imputed,
    a.delivery_id,
    a.row_number
from answers as a
left join electricity as e on a.entity_id = e.entity_id and a.year = e.year
left join stated as s on a.entity_id = s.entity_id and a.year = s.year
left join {{ ref('fuels') }} as f on a.question_id = 'fuel_qty' and a.item = f.fuel_type and a.unit = f.canonical_unit
where
    a.question_id in ('renewable_mwh', 'self_generated_mwh', 'eac_cancelled_mwh')
    or (a.question_id = 'fuel_qty' and f.is_renewable and s.renewable_mwh is null)
window company_question as (partition by a.entity_id, a.year, a.question_id)
