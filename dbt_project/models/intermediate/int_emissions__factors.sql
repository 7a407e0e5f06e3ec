-- Emission factors in t CO2e per canonical unit. A year without a factor of its own takes the latest earlier one.
with factors as (
    select
        *,
        row_number() over (
            partition by factor_kind, factor_key, year
            order by received_at desc, delivery_id desc, row_number desc
        ) as rank_no
    from {{ ref('stg_context_data__emission_factor') }}
),

readable as (
    select
        f.factor_kind,
        lower(f.factor_key) as factor_key,
        f.year as factor_year,
        coalesce(d.canonical_unit, case when f.factor_kind = 'refrigerant' then 't' end) as per_unit,
        f.value * coalesce(n.factor, 1) / coalesce(d.factor, 1) as t_per_unit,
        f.value as factor_value,
        f.unit as factor_unit,
        f.price_year,
        f.gwp_version,
        coalesce(f.u_rel, t.u_rel) as u_rel,
        f.delivery_id,
        f.row_number
    from factors as f
    left join {{ ref('units') }} as n on split_part(f.unit, '/', 1) = n.unit and n.dimension in ('emission', 'mass')
    left join {{ ref('units') }} as d on split_part(f.unit, '/', 2) = d.unit
    -- A factor without a stated uncertainty takes the default of what it is: published for this very carrier or gas
    -- (tier 2), a physical proxy (4), a spend proxy (5).
    left join {{ ref('data_tiers') }} as t
        on t.tier = case f.factor_kind when 'physical' then 4 when 'spend' then 5 else 2 end
    where
        f.rank_no = 1
        and (
            (n.unit is not null and d.unit is not null)
            or (f.factor_kind = 'refrigerant' and upper(f.unit) like 'GWP%')
        )
),

years as (
    select distinct year from {{ ref('int_answers') }}
    union
    select distinct year from {{ ref('int_purchases') }}
),

dated as (
    select
        r.*,
        y.year,
        row_number() over (
            partition by r.factor_kind, r.factor_key, r.per_unit, y.year
            order by r.factor_year desc
        ) as recency
    from readable as r
    inner join years as y on r.factor_year <= y.year
)

select
    factor_kind,
    factor_key,
    per_unit,
    year,
    factor_year,
    12 * (year - factor_year) as age_months,
    t_per_unit,
    factor_value,
    factor_unit,
    price_year,
    gwp_version,
    u_rel,
    delivery_id,
    row_number
from dated
where recency = 1
