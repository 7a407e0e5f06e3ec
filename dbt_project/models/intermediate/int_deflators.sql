{#- Price level of a country and year relative to the price base year, whatever base the publisher's index has. -#}
with

deflators as (
    select * from {{ ref('stg_context_data__deflator') }}
),

ranked as (
    select
        *,
        row_number() over (
            partition by country, year order by received_at desc, delivery_id desc, row_number desc
        ) as rank_no
    from deflators
    where index_2020 > 0
),

base_year as (
    select country, index_2020 as base_index
    from ranked
    where rank_no = 1 and year = {{ parameter('price_base_year') }}
)

select
    r.country,
    r.year,
    {{ ratio('r.index_2020', 'b.base_index') }} as price_level,
    r.delivery_id,
    r.row_number
from ranked as r
inner join base_year as b on r.country = b.country
where r.rank_no = 1
