{#-
  Supplier at a production site, as a buyer buys from it in a year, per recognised standard and for 'any', with what
  covers it at the year's end. Who has no row in the registry is unknown, not uncertified (M4).
-#}
with

units as (
    select
        buyer_id,
        supplier_id,
        production_site_id,
        year,
        coalesce(sum(spend_eur), 0) as spend,
        sum(spend_weight_eur) as spend_weight,
        count(spend_weight_eur) as n_weighed,
        count(*) as n_lines
    from {{ ref('int_purchases') }}
    group by buyer_id, supplier_id, production_site_id, year
),

standards as (
    select distinct standard_id from {{ ref('int_certificates') }} where is_recognised
    union
    select 'any' as standard_id
),

matched as (
    select distinct holder_id from {{ ref('stg_certification_registry__certificate') }}
),

buyers as (
    select entity_id, year, sector from {{ ref('int_companies') }}
)

select
    u.*,
    b.sector as buyer_sector,
    s.standard_id,
    make_date(u.year, 1, 1) as period_start,
    make_date(u.year, 12, 31) as period_end,
    m.holder_id is not null as is_matched,
    c.supplier_id is not null as is_covered,
    c.assurance_level,
    c.stage_share,
    c.covered_until_date
from units as u
cross join standards as s
left join {{ ref('int_covering_certificates') }} as c
    on
        u.supplier_id = c.supplier_id and u.year = c.year and s.standard_id = c.standard_id
        and u.production_site_id is not distinct from c.production_site_id
left join matched as m on u.supplier_id = m.holder_id
left join buyers as b on u.buyer_id = b.entity_id and u.year = b.year
