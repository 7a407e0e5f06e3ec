{#- A level outside 0 to 4 cannot be read, so it is unknown; of several sites the weakest speaks for the company. -#}
with

levels as (
    select
        entity_id,
        year,
        cast(substr(question_id, 13) as integer) as principle,
        case when count(value) = count(*) and min(value) >= 0 and max(value) <= 4 then min(value) end as level,
        max(tier) as tier
    from {{ ref('int_stated_answers') }}
    where question_id like 'ungc_level_p%' and item = '' and not is_not_applicable
    group by entity_id, year, question_id
),

excepted as (
    select distinct a.entity_id, a.year, cast(substr(a.question_id, 13) as integer) as principle
    from {{ ref('int_stated_answers') }} as a
    where a.question_id like 'ungc_level_p%' and a.item = '' and a.is_not_applicable
),

answering as (
    select entity_id, year from levels
    union
    select entity_id, year from excepted
)

-- all ten are in scope: a principle that was not answered is unknown
select
    c.entity_id,
    c.year,
    p.principle,
    case
        when p.principle <= 2 then 'human_rights'
        when p.principle <= 6 then 'labour'
        when p.principle <= 9 then 'environment'
        else 'anti_corruption'
    end as area,
    l.level,
    l.tier,
    l.principle is not null or x.principle is null as is_applicable
from answering as c
cross join unnest(generate_series(1, 10)) as p (principle)
left join levels as l on c.entity_id = l.entity_id and c.year = l.year and p.principle = l.principle
left join excepted as x on c.entity_id = x.entity_id and c.year = x.year and p.principle = x.principle
