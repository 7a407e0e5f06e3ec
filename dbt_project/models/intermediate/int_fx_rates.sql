{#- The rate that counts per currency, year and kind; the latest known year stands in as a weight, never to convert. -#}
with

rates as (
    select * from {{ ref('stg_context_data__fx_rate') }}
),

ranked as (
    select
        *,
        row_number() over (
            partition by currency, year, rate_kind order by received_at desc, delivery_id desc, row_number desc
        ) as rank_no
    from rates
    where eur_per_unit > 0 and currency <> 'EUR'
)

select
    currency,
    year,
    rate_kind,
    eur_per_unit,
    row_number() over (partition by currency, rate_kind order by year desc) = 1 as is_latest_year,
    delivery_id,
    row_number
from ranked
where rank_no = 1
