{#-
  Trade among macro-regions by HS chapter, in value and in mass, seen from the importers: each flow stands once. A flow
  of unknown origin, without the measure or of an incomplete reporter is missing from every sum (`covered_usd`).
-#}
with

flows as (
    select
        f.hs_revision,
        f.year,
        f.value_usd,
        f.netweight_kg,
        left(f.hs6, 2) as chapter,
        r.macro_region as importer_region,
        p.macro_region as exporter_region,
        c.coverage as known_share
    from {{ ref('int_flows') }} as f
    left join {{ ref('countries') }} as r on f.reporter_country = r.iso2
    left join {{ ref('countries') }} as p on f.partner_country = p.iso2
    left join {{ ref('int_trade_coverage') }} as c
        on
            f.reporter_country = c.reporter_country and f.hs6 = c.hs6 and f.flow = c.flow
            and f.hs_revision = c.hs_revision and f.year = c.year
    where f.flow = 'import'
),

amounts as (
    select *, 'value' as measure, value_usd as amount from flows
    union all
    select *, 'mass' as measure, netweight_kg as amount from flows
)

select
    chapter,
    hs_revision,
    year,
    measure,
    importer_region,
    exporter_region,
    coalesce(importer_region = exporter_region, false) as is_inside,
    sum(amount) as amount,
    sum(value_usd) as value_usd,
    coalesce(fsum(case when exporter_region is not null and amount is not null then value_usd * known_share end), 0)
        as covered_usd
from amounts
group by chapter, hs_revision, year, measure, importer_region, exporter_region
