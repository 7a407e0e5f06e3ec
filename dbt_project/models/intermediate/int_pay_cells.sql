{#-
  Pay and paid hours by gender (S10), for the gap of all employees and for the one within job categories. A company's own
  total of a gender counts if it is complete, else its categories do; they are never added to each other.
-#}
with cells as (
    select
        entity_id,
        site_id,
        year,
        job_category,
        gender,
        max(case when question_id = 'gross_pay_total' then value end) as pay,
        max(case when question_id = 'hours_paid' then value end) as hours,
        coalesce(
            max(case when question_id = 'n_workers' then value end),
            max(case when question_id = 'headcount' then value end)
        ) as workers,
        max(case when question_id in ('gross_pay_total', 'hours_paid') and value is not null then tier end) as tier
    from {{ ref('int_stated_answers') }}
    where
        question_id in ('gross_pay_total', 'hours_paid', 'n_workers', 'headcount') and not is_not_applicable
        and gender in ('female', 'male', 'other')
    group by entity_id, site_id, year, job_category, gender
),

sites as (
    {{ site_countries() }}
),

judged as (
    select
        c.*,
        coalesce(s.country, e.country) as country,
        c.pay is not null and c.hours is not null as is_complete,
        coalesce(bool_or(c.job_category = '' and c.pay is not null and c.hours is not null) over place, false)
            as has_total,
        bool_or(c.job_category <> '') over place as has_categories,
        sum(case when c.job_category <> '' then c.workers end) over place as category_workers
    from cells as c
    inner join {{ ref('int_answers__entities') }} as e on c.entity_id = e.entity_id and c.year = e.year
    left join sites as s on c.entity_id = s.entity_id and c.year = s.year and c.site_id is not distinct from s.site_id
    window place as (partition by c.entity_id, c.site_id, c.year, c.gender)
)

select
    entity_id, site_id, year, country, 'all_employees' as dim_variant, '' as job_category,
    job_category as answered_category, gender, pay, hours,
    case when job_category = '' then coalesce(workers, category_workers) else workers end as workers, tier, is_complete
from judged
where (job_category = '') = (has_total or not has_categories)
union all
select
    entity_id, site_id, year, country, 'same_category' as dim_variant, job_category,
    job_category as answered_category, gender, pay, hours, workers, tier, is_complete
from judged
where job_category <> ''
