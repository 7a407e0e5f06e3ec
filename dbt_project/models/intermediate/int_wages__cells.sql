{#-
  Pay of each job category of a company or site (S01–S03). Seasonal and piece-rate workers are answered with what a
  standard week earns. A category that is told apart by gender counts once: its own row if complete, else its genders.
-#}
with cells as (
    select
        entity_id,
        site_id,
        year,
        job_category,
        gender,
        max(case when question_id = 'n_workers' then value end) as n_workers,
        max(case when question_id = 'basic_wage_month' then value end) as basic_wage,
        max(case when question_id = 'standard_weekly_hours' and value > 0 then value end) as weekly_hours,
        -- What is stated not to exist is no pay; what is unknown stays unknown.
        max(case when question_id = 'guaranteed_bonus_month' then if(is_not_applicable, 0, value) end) as bonus,
        max(case when question_id = 'in_kind_month' then if(is_not_applicable, 0, value) end) as in_kind,
        max(case when value is not null then tier end) as tier,
        bool_and(is_not_applicable) as is_not_applicable,
        bool_or(question_id = 'n_workers') as has_workers
    from {{ ref('int_stated_answers') }}
    where
        question_id in
        ('n_workers', 'basic_wage_month', 'standard_weekly_hours', 'guaranteed_bonus_month', 'in_kind_month')
        and coalesce(gender, '') in ('', 'female', 'male', 'other')
    group by entity_id, site_id, year, job_category, gender
),

judged as (
    select
        *,
        n_workers is not null
        and (n_workers = 0 or basic_wage + weekly_hours + bonus + in_kind is not null) as is_complete,
        bool_or(job_category <> '') over (partition by entity_id, site_id, year) as has_categories
    from cells
    where has_workers or basic_wage is not null
),

placed as (
    select
        *,
        coalesce(bool_or(gender is null and is_complete) over category, false) as has_own_row,
        bool_or(gender is not null) over category as has_genders
    from judged
    where has_categories = (job_category <> '')
    window category as (partition by entity_id, site_id, year, job_category)
),

assigned as (
    select *, 'total' as worker_group
    from placed
    where (gender is null) = (has_own_row or not has_genders)
    union all
    select *, gender
    from placed
    where gender is not null
)

select
    entity_id, site_id, year, worker_group, job_category, gender, n_workers, basic_wage, weekly_hours, bonus, in_kind,
    tier, is_complete, is_not_applicable
from assigned
