{#-
  The living wage of each place of work by scenario: `value` is the one of the result, each method is an alternative
  (U6), and where only other areas of the country are known, the lowest and the highest of them (M7).
-#}
with places as (
    select distinct entity_id, site_id, year from {{ ref('int_wages__cells') }}
),

sites as (
    {{ site_countries() }}
),

located as (
    select
        p.*,
        coalesce(s.country, e.country) as country,
        case when p.site_id is null then lower(c.region_code) end as region
    from places as p
    inner join {{ ref('int_answers__entities') }} as e on p.entity_id = e.entity_id and p.year = e.year
    left join {{ ref('int_companies') }} as c on p.entity_id = c.entity_id and p.year = c.year
    left join sites as s on p.entity_id = s.entity_id and p.year = s.year and p.site_id is not distinct from s.site_id
),

candidates as (
    select
        l.entity_id, l.site_id, l.year,
        b.method, b.method_rank, b.area_key, b.living_wage_eur, b.delivery_id, b.row_number,
        case when b.area_key = l.region then 1 when b.area_key = '' then 2 else 3 end as fit
    from located as l
    inner join {{ ref('int_living_wages') }} as b on l.country = b.country and l.year = b.year
),

best as (
    select *, min(fit) over (partition by entity_id, site_id, year) as best_fit
    from candidates
),

fitting as (
    select
        *,
        row_number() over (partition by entity_id, site_id, year order by method_rank) as method_no
    from best
    where fit = best_fit and fit < 3
)

select entity_id, site_id, year, 'value' as scenario, living_wage_eur, delivery_id, row_number
from fitting
where method_no = 1
union all
select entity_id, site_id, year, 'method ' || method, living_wage_eur, delivery_id, row_number
from fitting
union all
select entity_id, site_id, year, 'lowest', min(living_wage_eur), min(delivery_id), min(row_number)
from best
where best_fit = 3
group by entity_id, site_id, year
union all
select entity_id, site_id, year, 'highest', max(living_wage_eur), min(delivery_id), min(row_number)
from best
where best_fit = 3
group by entity_id, site_id, year
