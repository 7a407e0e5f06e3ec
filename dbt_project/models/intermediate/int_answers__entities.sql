-- Who is in scope: every company of the register, whether it answered or not, and whoever answered without being in it.
with companies as (
    select
        entity_id,
        year,
        entity_type,
        country,
        sector,
        turnover_eur_const,
        value_added_eur_const,
        delivery_id,
        row_number
    from {{ ref('int_companies') }}
),

answering as (
    select
        entity_id,
        year,
        max(case when question_id = 'country' then upper(value_text) end) as stated_country
    from {{ ref('int_answers') }}
    -- An area that sends its material accounts is no company.
    where question_id not in (select q.question_id from {{ ref('survey_questions') }} as q where q.theme = 'area')
    group by entity_id, year
),

known_country as (
    select
        c.entity_id,
        c.country,
        c.sector,
        c.entity_type
    from (
        select
            *,
            row_number() over (partition by entity_id order by year desc) as recency
        from companies
    ) as c
    where c.recency = 1
),

revenues as (
    select
        entity_id,
        year,
        sum(value) as net_revenue_eur,
        min(delivery_id) as delivery_id,
        min(row_number) as row_number
    from {{ ref('int_answers') }}
    where question_id = 'net_revenue' and value is not null
    group by entity_id, year
),

units as (
    select
        coalesce(c.entity_id, a.entity_id) as entity_id,
        coalesce(c.year, a.year) as year,
        coalesce(c.entity_type, k.entity_type, 'company') as entity_type,
        coalesce(c.country, k.country, a.stated_country) as country,
        coalesce(c.sector, k.sector) as sector,
        c.turnover_eur_const,
        c.value_added_eur_const,
        c.entity_id is not null as is_registered,
        a.entity_id is not null as has_answers,
        c.delivery_id,
        c.row_number
    from companies as c
    full outer join answering as a on c.entity_id = a.entity_id and c.year = a.year
    left join known_country as k on a.entity_id = k.entity_id
)

select
    u.entity_id,
    u.year,
    make_date(cast(u.year as integer), 1, 1) as period_start,
    make_date(cast(u.year as integer), 12, 31) as period_end,
    u.entity_type,
    u.country,
    u.sector,
    u.is_registered,
    u.has_answers,
    coalesce(u.turnover_eur_const, {{ exact(ratio('r.net_revenue_eur', 'p.price_level')) }}) as revenue_eur_const,
    case when u.turnover_eur_const is not null then 'master_data' else 'answer' end as revenue_from,
    u.value_added_eur_const,
    coalesce(case when u.turnover_eur_const is null then r.delivery_id end, u.delivery_id) as revenue_delivery_id,
    coalesce(case when u.turnover_eur_const is null then r.row_number end, u.row_number) as revenue_row_number,
    u.delivery_id,
    u.row_number
from units as u
left join revenues as r on u.entity_id = r.entity_id and u.year = r.year
left join {{ ref('int_deflators') }} as p on u.country = p.country and u.year = p.year
