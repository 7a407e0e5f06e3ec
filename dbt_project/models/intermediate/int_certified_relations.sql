{#-
  Buyer → supplier relations of a year with their certified days, per recognised standard in the registry and for 'any'.
  A supplier with a registry row (also "no certificate") is matched; without any row nothing is known about it.
-#}
with

purchases as (
    select * from {{ ref('int_purchases') }}
),

buyers as (
    select entity_id, year, sector from {{ ref('int_companies') }}
),

matched as (
    select distinct holder_id from {{ ref('stg_certification_registry__certificate') }}
),

standards as (
    select distinct standard_id from {{ ref('int_certificates') }} where is_recognised
    union
    select 'any' as standard_id
),

days as (
    select * from {{ ref('int_certified_days') }}
),

sites as (
    select
        buyer_id,
        supplier_id,
        production_site_id,
        year,
        coalesce(sum(spend_eur), 0) as spend,
        sum(spend_weight_eur) as spend_weight,
        count(spend_weight_eur) as n_weighed,
        count(*) as n_lines
    from purchases
    group by buyer_id, supplier_id, production_site_id, year
),

relations as (
    select
        t.buyer_id,
        t.supplier_id,
        t.year,
        s.standard_id,
        sum(t.spend) as spend,
        sum(t.spend_weight) as spend_weight,
        sum(t.n_weighed) as n_weighed,
        sum(t.n_lines) as n_lines,
        fsum(t.spend * coalesce(d.days_covered, 0)) as spend_days,
        sum(case when d.is_covered_at_end then t.spend else 0 end) as spend_covered,
        avg(coalesce(d.days_covered, 0)) as mean_days
    from sites as t
    cross join standards as s
    left join days as d
        on
            t.supplier_id = d.supplier_id and t.year = d.year and s.standard_id = d.standard_id
            and coalesce(t.production_site_id, '') = coalesce(d.production_site_id, '')
    group by t.buyer_id, t.supplier_id, t.year, s.standard_id
)

select
    r.buyer_id,
    b.sector as buyer_sector,
    r.supplier_id,
    r.standard_id,
    r.year,
    make_date(r.year, 1, 1) as period_start,
    make_date(r.year, 12, 31) as period_end,
    r.spend,
    r.spend_weight,
    r.n_weighed,
    r.n_lines,
    m.holder_id is not null as is_matched,
    coalesce({{ ratio('r.spend_covered', 'r.spend') }}, 0) as covered_share_at_end,
    coalesce({{ ratio('r.spend_days', 'r.spend') }}, r.mean_days) as days_covered
from relations as r
left join buyers as b on r.buyer_id = b.entity_id and r.year = b.year
left join matched as m on r.supplier_id = m.holder_id
