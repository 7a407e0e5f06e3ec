{#- How many people are in scope: known from the master data, not from who answered (§1.5); the answer stands in. -#}
with stated as (
    select
        entity_id,
        year,
        sum(case when question_id = 'workers_total' then value end) as workers_total,
        sum(case when question_id = 'headcount' then value end) as headcount
    from {{ ref('int_stated_answers') }}
    where question_id in ('workers_total', 'headcount') and item = ''
    group by entity_id, year
)

select
    e.entity_id,
    e.year,
    coalesce(c.headcount, s.workers_total, s.headcount) as workers
from {{ ref('int_answers__entities') }} as e
left join {{ ref('int_companies') }} as c on e.entity_id = c.entity_id and e.year = c.year
left join stated as s on e.entity_id = s.entity_id and e.year = s.year
