{#-
  Stocks of each year: the stock-taking nearest to the end of the year, at most 92 days away (§2.3), with the closed form
  of time to survive. `net` is what is missing per day once the supplier stops. Money in EUR at the rate of the year.
-#}
with

items as (
    select
        i.*,
        y.year,
        abs(date_diff('day', i.as_of, make_date(y.year, 12, 31))) as distance_days
    from {{ ref('stg_stocks__item') }} as i
    cross join lateral (
        values (cast(extract(year from i.as_of) as integer)), (cast(extract(year from i.as_of) as integer) - 1)
    ) as y (year)
),

nearest as (
    select
        *,
        row_number() over (
            partition by entity_id, coalesce(site_id, ''), item_id, coalesce(supplier_id, ''), year
            order by distance_days, as_of desc, delivery_id desc, row_number desc
        ) as rank_no
    from items
    where distance_days <= 92
),

rates as (
    select * from {{ ref('int_fx_rates') }} where rate_kind = 'average'
),

priced as (
    select
        n.*,
        c.sector,
        case when n.currency = 'EUR' then 1 else r.eur_per_unit end as rate,
        greatest(0, n.demand_units_per_day - n.alt_units_per_day) as net_units
    from nearest as n
    left join rates as r on n.currency = r.currency and n.year = r.year
    left join {{ ref('int_companies') }} as c on n.entity_id = c.entity_id and n.year = c.year
    where n.rank_no = 1
),

survived as (
    select
        *,
        case
            when alt_units_per_day is not null and pipeline_units is not null
                then {{ ratio('on_hand_units + pipeline_units', 'net_units') }}
        end as tts_days,
        alt_units_per_day is not null and pipeline_units is not null as is_complete,
        quantile_cont(ttr_days, 0.5) over (partition by year, sector) as ttr_median,
        quantile_cont(ttr_days, 0.9) over (partition by year, sector) as ttr_p90
    from priced
)

select
    entity_id,
    site_id,
    item_id,
    supplier_id,
    year,
    coalesce(critical_flag, true) as is_critical,
    on_hand_units,
    demand_units_per_day,
    {{ exact('spend * rate') }} as spend_eur,
    unit_margin * rate as margin_eur,
    is_complete,
    net_units,
    -- NULL: the stock lasts for ever, as others deliver all that is needed; or an input is missing (is_complete).
    tts_days,
    ttr_days,
    {{ survival_gap('ttr_days') }} as gap_days,
    {{ survival_gap('ttr_median') }} as gap_median,
    {{ survival_gap('ttr_p90') }} as gap_p90,
    delivery_id,
    row_number
from survived
