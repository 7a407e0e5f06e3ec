{#-
  Declared footprints per one declared unit, with the days on which they may be used. In edition 3.0 the value is for the
  declared amount and is divided by it; in 2.x it is for one unit already and never divided by the amount of a product.
-#}
with declared as (
    select
        s.maker_id || '|' || s.product_id || '|' || s.year as declaration_id,
        s.* exclude (year),
        cast(null as varchar) as created_at,
        make_date(cast(s.year as integer), 1, 1) as first_day,
        make_date(cast(s.year as integer), 12, 31) as last_day
    from {{ ref('int_footprints__stated') }} as s
    where pcf_value is not null
    union all by name
    select
        d.*,
        t.u_rel,
        false as is_imputed
    from {{ ref('int_footprints__documents') }} as d
    left join {{ ref('data_tiers') }} as t on d.tier = t.tier
)

select
    *,
    coalesce(validity_period_start, reference_period_start, first_day) as valid_from,
    -- Without a stated end a footprint may be used for three years after its reference period [PACT-T].
    coalesce(validity_period_end, cast(reference_period_end + interval 3 year as date), last_day) as valid_to,
    case
        when pact_edition = '2.x' then pcf_value
        -- Without an edition only a value for one unit can be read.
        when pact_edition = '3.0' or declared_unit_amount = 1 then {{ ratio('pcf_value', 'declared_unit_amount') }}
    end as pcf_per_unit,
    {{ ratio('pcf_value', 'product_mass_per_declared_unit') }} as pcf_per_kg,
    pcf_value + biogenic_uptake as balance_kgco2e,
    -- Each of the three numbers may be off by half of its last digit.
    coalesce(
        pact_edition = '3.0'
        and round(abs(pcf_including_uptake - pcf_value - biogenic_uptake), 9) > 1.5 * power(
            10.0,
            -least(
                {{ decimals('pcf_value_text') }}, {{ decimals('pcf_including_uptake_text') }},
                {{ decimals('biogenic_uptake_text') }}
            )
        ),
        false
    ) as is_out_of_balance
from declared
