with requests as (
    select
        r.*,
        cast(extract(year from r.period_end) as integer) as year,
        -- a request that is sent again in a later delivery replaces the earlier one
        row_number() over (
            partition by r.request_id
            order by d.received_at desc, r.delivery_id desc, r.row_number desc
        ) as recency
    from {{ ref('stg_survey_requests__request') }} as r
    left join {{ ref('stg_landing__delivery') }} as d on r.delivery_id = d.delivery_id
),

responses as (
    -- a value that was carried forward or imputed is nobody's answer
    select distinct
        entity_id,
        year
    from {{ ref('int_answers') }}
    where not is_imputed
),

companies as (
    select
        entity_id,
        year,
        size_class,
        country
    from {{ ref('int_companies') }}
)

select
    r.request_id,
    r.entity_id,
    r.period_start,
    r.period_end,
    r.year,
    coalesce(c.size_class, 'unknown') as size_class,
    coalesce(c.country, 'unknown') as country,
    a.entity_id is not null as is_answered,
    r.delivery_id,
    r.row_number
from requests as r
left join responses as a on r.entity_id = a.entity_id and r.year = a.year
left join companies as c on r.entity_id = c.entity_id and r.year = c.year
where r.recency = 1
