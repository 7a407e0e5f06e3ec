{#-
  Members of the cooperation in each year, as of its last day, with what they did together with others in the last twelve
  months. Partners of ties who are no members have a region too, if the register knows their country.
-#}
with

builds as (
    select cast(as_of as date) as as_of_date from {{ source('landing', 'build') }}
),

sent_members as (
    select *, row_number() over (partition by member_id order by delivery_id desc, row_number desc) as rank_no
    from {{ ref('stg_cooperation__member') }}
),

activities as (
    select
        *,
        row_number() over (partition by activity_id, member_id order by delivery_id desc, row_number desc) as rank_no
    from {{ ref('stg_cooperation__activity') }}
),

ties as (
    select year, source_id as member_id from {{ ref('int_network_edges') }} where edge_kind = 'knowledge'
    union
    select year, target_id as member_id from {{ ref('int_network_edges') }} where edge_kind = 'knowledge'
),

years as (
    select distinct cast(extract(year from activity_at) as integer) as year from activities
    union
    select distinct year from ties
),

people as (
    select y.year, m.member_id, m.country, m.joined_at, m.left_at, m.delivery_id, m.row_number, true as is_listed
    from sent_members as m
    cross join years as y
    where m.rank_no = 1
    union all
    select t.year, t.member_id, null, null, null, null, null, false
    from ties as t
    where t.member_id not in (select s.member_id from sent_members as s)
),

active as (
    select p.year, p.member_id, list(distinct a.activity_type order by a.activity_type) as activity_types
    from people as p
    inner join activities as a
        on
            p.member_id = a.member_id and a.rank_no = 1
            and a.activity_at <= make_date(p.year, 12, 31)
            and a.activity_at > make_date(p.year, 12, 31) - interval 12 month
    group by p.year, p.member_id
)

select
    p.year,
    p.member_id,
    coalesce(p.country, c.country) as country,
    c.size_class,
    {{ world_region('r.macro_region') }} as region,
    p.is_listed and coalesce(p.joined_at <= make_date(p.year, 12, 31), true)
    and coalesce(p.left_at > make_date(p.year, 12, 31), true) as is_member,
    a.member_id is not null as is_active,
    a.member_id is not null or t.member_id is not null as is_answering,
    a.activity_types,
    p.delivery_id,
    p.row_number
from people as p
-- A year that has not ended says nothing about its last day.
inner join builds as b on make_date(p.year, 12, 31) <= b.as_of_date
left join {{ ref('int_companies') }} as c on p.member_id = c.entity_id and p.year = c.year
left join {{ ref('countries') }} as r on coalesce(p.country, c.country) = r.iso2
left join active as a on p.member_id = a.member_id and p.year = a.year
left join ties as t on p.member_id = t.member_id and p.year = t.year
