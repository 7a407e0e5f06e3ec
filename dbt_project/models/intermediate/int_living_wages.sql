{#-
  Living wages in euros per month and calendar year. A benchmark of an earlier year is carried as far as §2.2 allows and
  brought to the year by the country's price level. Amounts of two methods are alternatives, never averaged.
-#}
with listed as (
    select
        l.*,
        c.iso2,
        lower(l.area) in (lower(c.iso2), lower(c.iso3), lower(c.name), 'national', 'country') as is_national
    from {{ ref('stg_local_context__living_wage') }} as l
    inner join {{ ref('countries') }} as c
        on lower(coalesce(l.country, l.area)) in (lower(c.iso2), lower(c.iso3), lower(c.name))
    where l.amount > 0
),

-- One household per method: the family that the method calls typical.
ranked as (
    select
        l.*,
        row_number() over (
            partition by l.iso2, l.is_national, case when not l.is_national then lower(l.area) end, l.year, l.method
            order by
                coalesce(regexp_matches(lower(l.household), 'typical|standard|reference'), l.household is null) desc,
                l.household, l.month desc nulls last, d.received_at desc, l.delivery_id desc, l.row_number desc
        ) as rank_no
    from listed as l
    left join {{ ref('stg_landing__delivery') }} as d on l.delivery_id = d.delivery_id
),

years as (
    select distinct year from {{ ref('int_answers__entities') }}
),

carried as (
    select
        r.*,
        y.year as kpi_year,
        case when r.is_national then '' else lower(r.area) end as area_key,
        row_number() over (
            partition by r.iso2, r.is_national, case when not r.is_national then lower(r.area) end, r.method, y.year
            order by r.year desc
        ) as recency
    from ranked as r
    inner join years as y
        on r.year <= y.year and r.year >= y.year - {{ parameter('carry_forward_months') }} / 12
    where r.rank_no = 1
),

converted as (
    select
        c.*,
        {{ exact("c.amount * case when c.currency = 'EUR' then 1 else x.eur_per_unit end"
            ~ " * case when c.year = c.kpi_year then 1 else " ~ ratio('p.price_level', 'q.price_level') ~ " end") }}
            as living_wage_eur
    from carried as c
    left join {{ ref('int_fx_rates') }} as x
        on c.currency = x.currency and c.kpi_year = x.year and x.rate_kind = 'average'
    left join {{ ref('int_deflators') }} as p on c.iso2 = p.country and c.kpi_year = p.year
    left join {{ ref('int_deflators') }} as q on c.iso2 = q.country and c.year = q.year
    where c.recency = 1
)

select
    iso2 as country,
    area_key,
    kpi_year as year,
    method,
    -- The method of the catalogue's source comes first; among others the name decides, so that it is always the same.
    dense_rank() over (order by not starts_with(lower(method), 'anker'), method) as method_rank,
    year as benchmark_year,
    living_wage_eur,
    delivery_id,
    row_number
from converted
where living_wage_eur is not null
