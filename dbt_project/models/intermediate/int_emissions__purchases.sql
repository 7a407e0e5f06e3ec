-- Emissions of bought goods line by line (scope 3, category 1): physical factor, else deflated spend x spend factor.
with purchases as (
    select
        p.*,
        case when u.dimension = 'mass' or p.mass_t is null then u.canonical_unit else 't' end as per_unit,
        case when u.dimension = 'mass' or p.mass_t is null then p.qty * u.factor else p.mass_t end as quantity
    from {{ ref('int_purchases') }} as p
    left join {{ ref('units') }} as u on p.unit = u.unit
),

factors as (
    select * from {{ ref('int_emissions__factors') }}
    where factor_kind in ('physical', 'spend')
),

prices as (
    select * from {{ ref('int_deflators') }}
),

-- The price level is that of the producing country, or of the buyer where the origin is unknown.
located as (
    select
        p.*,
        coalesce(p.production_country, e.country) as price_country
    from purchases as p
    left join {{ ref('int_answers__entities') }} as e on p.buyer_id = e.entity_id and p.year = e.year
),

priced as (
    select
        p.*,
        f.t_per_unit as t_per_physical,
        s.t_per_unit as t_per_eur,
        case
            when coalesce(s.price_year, s.factor_year) = p.year then p.spend_eur
            else p.spend_eur * {{ ratio('g.price_level', 'n.price_level') }}
        end as spend_at_factor_prices,
        case when f.t_per_unit is not null and p.quantity is not null then f.factor_kind else s.factor_kind end
            as factor_kind,
        f.u_rel as physical_u_rel,
        s.u_rel as spend_u_rel,
        f.factor_value as physical_value,
        s.factor_value as spend_value,
        f.factor_unit as physical_unit,
        s.factor_unit as spend_unit,
        f.age_months as physical_age,
        s.age_months as spend_age,
        f.delivery_id as physical_delivery_id,
        s.delivery_id as spend_delivery_id,
        f.row_number as physical_row_number,
        s.row_number as spend_row_number
    from located as p
    left join factors as f
        on
            lower(p.category_id) = f.factor_key and p.year = f.year and p.per_unit = f.per_unit
            and f.factor_kind = 'physical'
    left join factors as s
        on lower(p.category_id) = s.factor_key and p.year = s.year and s.per_unit = 'EUR' and s.factor_kind = 'spend'
    left join prices as n on p.price_country = n.country and p.year = n.year
    left join prices as g on p.price_country = g.country and coalesce(s.price_year, s.factor_year) = g.year
)

select
    buyer_id as entity_id,
    year,
    category_id,
    spend_eur,
    case when factor_kind = 'physical' then quantity else spend_at_factor_prices end as quantity,
    case when factor_kind = 'physical' then per_unit else 'EUR' end as quantity_unit,
    case
        when factor_kind = 'physical' then {{ exact('quantity * t_per_physical') }}
        else {{ exact('spend_at_factor_prices * t_per_eur') }}
    end as amount,
    case
        when factor_kind = 'physical' then {{ aged_tier('4', 'physical_age') }}
        when factor_kind = 'spend' then {{ aged_tier('5', 'spend_age') }}
    end as tier,
    case when factor_kind = 'physical' then physical_u_rel else spend_u_rel end as u_rel,
    factor_kind,
    category_id as factor_key,
    case when factor_kind = 'physical' then physical_value else spend_value end as factor_value,
    case when factor_kind = 'physical' then physical_unit else spend_unit end as factor_unit,
    case when factor_kind = 'physical' then physical_delivery_id else spend_delivery_id end as factor_delivery_id,
    case when factor_kind = 'physical' then physical_row_number else spend_row_number end as factor_row_number,
    delivery_id,
    row_number
from priced
