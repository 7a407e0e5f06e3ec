{#-
  How much of a country's trade in a product and year the known partners explain. BACI is a complete matrix. What a
  country reported itself is complete as far as it adds up to its own total with the world; without that total nobody
  knows what an extract left out, so the coverage is 0.
-#}
with

flows as (
    select * from {{ ref('int_flows') }}
),

world_totals as (
    select
        reporter_country,
        flow,
        hs_code as hs6,
        hs_revision,
        cast(year as integer) as year,
        sum(case when month is null then value_usd end) as year_total,
        case when count(distinct month) = 12 then sum(case when month is not null then value_usd end) end
            as months_total
    from {{ ref('stg_trade_data__flow') }}
    where
        exclusion_rule = 'aggregate_partner' and partner_code = 0 and partner2_code = 0
        and customs_code = 'C00' and transport_code = '0'
    group by reporter_country, flow, hs_code, hs_revision, year
),

cells as (
    select
        reporter_country,
        flow,
        hs6,
        hs_revision,
        year,
        max(code_scheme) as code_scheme,
        sum(value_usd) as value_usd
    from flows
    group by reporter_country, flow, hs6, hs_revision, year
)

select
    c.reporter_country,
    c.flow,
    c.hs6,
    c.hs_revision,
    c.year,
    c.value_usd,
    case
        when c.code_scheme = 'baci' then 1.0
        else coalesce(least(1.0, {{ ratio('c.value_usd', 'coalesce(w.year_total, w.months_total)') }}), 0.0)
    end as coverage
from cells as c
left join world_totals as w
    on
        c.reporter_country = w.reporter_country and c.flow = w.flow and c.hs6 = w.hs6
        and c.hs_revision = w.hs_revision and c.year = w.year
