{#-
  Fiscal years cut at the calendar year (§2.3): a flow counts with its days of overlap if at least `prorate_min_days`
  overlap, otherwise not at all. Flows are converted with the average rate of the calendar year; constant prices are
  deflated first and converted with the rate of the base year second (§2.4).
-#}
with

companies as (
    select
        *,
        row_number() over (
            partition by entity_id, fiscal_year_end order by received_at desc, delivery_id desc, row_number desc
        ) as rank_no
    from {{ ref('stg_company_register__company') }}
),

rates as (
    select * from {{ ref('int_fx_rates') }}
),

deflators as (
    select * from {{ ref('int_deflators') }}
),

calendar_years as (
    select distinct entity_id, fiscal_year_end, cast(extract(year from fiscal_year_start) as integer) as year
    from companies
    where rank_no = 1
    union
    select distinct entity_id, fiscal_year_end, cast(extract(year from fiscal_year_end) as integer) as year
    from companies
    where rank_no = 1
),

parts_of_years as (
    select
        c.*,
        y.year,
        make_date(y.year, 1, 1) as period_start,
        make_date(y.year, 12, 31) as period_end,
        c.fiscal_year_end - c.fiscal_year_start + 1 as fiscal_days,
        least(c.fiscal_year_end, make_date(y.year, 12, 31))
        - greatest(c.fiscal_year_start, make_date(y.year, 1, 1)) + 1 as overlap_days
    from companies as c
    inner join calendar_years as y on c.entity_id = y.entity_id and c.fiscal_year_end = y.fiscal_year_end
    where c.rank_no = 1
),

weighed as (
    select
        o.*,
        case when o.overlap_days >= {{ parameter('prorate_min_days') }} then o.overlap_days / o.fiscal_days end
            as overlap_share,
        case when o.currency = 'EUR' then 1.0 else f.eur_per_unit end as rate,
        case when o.currency = 'EUR' then 1.0 else e.eur_per_unit end as closing_rate,
        {{ ratio("case when o.currency = 'EUR' then 1.0 else b.eur_per_unit end", 'd.price_level') }} as constant_rate
    from parts_of_years as o
    left join rates as f on o.currency = f.currency and o.year = f.year and f.rate_kind = 'average'
    left join rates as e on o.currency = e.currency and o.year = e.year and e.rate_kind = 'period_end'
    left join rates as b
        on o.currency = b.currency and b.year = {{ parameter('price_base_year') }} and b.rate_kind = 'average'
    left join deflators as d on o.country = d.country and o.year = d.year
)

select
    *,
    {{ exact('turnover * overlap_share * rate') }} as turnover_eur,
    {{ exact('value_added * overlap_share * rate') }} as value_added_eur,
    {{ exact('turnover * overlap_share * constant_rate') }} as turnover_eur_const,
    {{ exact('value_added * overlap_share * constant_rate') }} as value_added_eur_const
from weighed
where overlap_share is not null or overlap_days = fiscal_days
