-- Water consumed at each site = withdrawal - discharge, with the scarcity and stress of its basin, else of its country.
with parts as (
    select * from {{ ref('int_water__parts') }}
    where is_used
),

balances as (
    select
        entity_id,
        year,
        dim_category as site_id,
        count(*) filter (where kpi_id = 'E13') as n_withdrawals,
        count(*) filter (where kpi_id = 'E14') as n_discharges,
        count(*) filter (where kpi_id = 'E13' and is_in_scope) as n_withdrawals_in_scope,
        count(*) filter (where kpi_id = 'E14' and is_in_scope) as n_discharges_in_scope,
        coalesce(bool_or(is_in_scope and amount is null), false) as has_open_part,
        sum(amount) filter (where kpi_id = 'E13' and is_in_scope) as withdrawal_m3,
        sum(amount) filter (where kpi_id = 'E14' and is_in_scope) as discharge_m3,
        sqrt(cast(sum({{ exact('power(u_rel * amount, 2)') }}) filter (where is_in_scope) as double)) as half_width,
        max(tier) filter (where is_in_scope and amount is not null) as tier,
        coalesce(bool_or(is_imputed) filter (where is_in_scope), false) as is_imputed
    from parts
    group by entity_id, year, dim_category
),

-- More water out than in is a contradiction: unknown, not a negative consumption.
judged as (
    select
        *,
        not (n_withdrawals > 0 and n_withdrawals_in_scope = 0) and not (n_discharges > 0 and n_discharges_in_scope = 0)
            as is_in_scope,
        case when not has_open_part and withdrawal_m3 >= discharge_m3 then withdrawal_m3 - discharge_m3 end
            as consumption_m3
    from balances
),

places as (
    select
        entity_id,
        year,
        coalesce(site_id, '') as site_id,
        max(lower(trim(value_text))) filter (where question_id = 'basin_id' and value_state = 'value') as basin,
        max(upper(trim(value_text))) filter (where question_id = 'country' and value_state = 'value') as site_country
    from {{ ref('int_answers') }}
    where question_id in ('basin_id', 'country')
    group by entity_id, year, coalesce(site_id, '')
),

located as (
    select
        j.*,
        p.basin,
        coalesce(p.site_country, e.country) as country
    from judged as j
    left join places as p on j.entity_id = p.entity_id and j.year = p.year and j.site_id = p.site_id
    left join {{ ref('int_answers__entities') }} as e on j.entity_id = e.entity_id and j.year = e.year
),

contexts as (
    select * from {{ ref('int_water_context') }}
)

select
    l.entity_id,
    l.year,
    l.site_id,
    l.withdrawal_m3,
    l.discharge_m3,
    l.consumption_m3,
    coalesce({{ ratio('l.half_width', 'l.consumption_m3') }}, 0) as consumption_u,
    l.tier,
    l.is_imputed,
    l.is_in_scope,
    l.basin,
    l.country,
    coalesce(bf.value, cf.value) as aware_cf,
    case when bf.value is not null then bf.u_rel else cf.u_rel end as aware_u,
    coalesce(bs.value, cs.value) as baseline_water_stress
from located as l
left join contexts as bf on l.basin = bf.area_key and bf.area_kind = 'basin' and bf.measure = 'aware_cf'
left join contexts as cf on l.country = cf.area_key and cf.area_kind = 'country' and cf.measure = 'aware_cf'
left join contexts as bs on l.basin = bs.area_key and bs.area_kind = 'basin' and bs.measure = 'baseline_water_stress'
left join contexts as cs
    on l.country = cs.area_key and cs.area_kind = 'country' and cs.measure = 'baseline_water_stress'
