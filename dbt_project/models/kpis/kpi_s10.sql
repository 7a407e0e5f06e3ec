with

cells as (
    select * from {{ ref('int_pay_cells') }}
),

-- means of all men and of all women of a category: sums of pay over sums of hours
categories as (
    select
        entity_id, country, year, dim_variant, job_category,
        {{ ratio("sum(case when gender = 'male' then pay end)", "sum(case when gender = 'male' then hours end)") }}
            as male,
        {{ ratio("sum(case when gender = 'female' then pay end)", "sum(case when gender = 'female' then hours end)") }}
            as female,
        sum(case when gender in ('female', 'male') then hours end) as hours
    from cells
    where is_complete
    group by entity_id, country, year, dim_variant, job_category
),

gaps as (
    select
        entity_id, country, year, dim_variant,
        {{ ratio('sum(' ~ exact('hours * ' ~ ratio('male - female', 'male')) ~ ')',
            'sum(case when male <> 0 and female is not null then hours end)') }} as gap
    from categories
    group by entity_id, country, year, dim_variant
),

sums as (
    select
        entity_id, country, year, dim_variant,
        count(*) as n_units,
        count(case when is_complete then 1 end) as n_complete,
        count(workers) as n_stated,
        coalesce(sum(case when is_complete then workers end), 0) as observed_workers,
        sum(workers) as stated_workers,
        bool_or(gender = 'female') and not bool_or(gender = 'female' and is_complete)
        or bool_or(gender = 'male') and not bool_or(gender = 'male' and is_complete) as lacks_a_gender,
        {{ weighed_mean('case when is_complete then tier end', 'case when is_complete then pay end') }} as dq_score,
        {{ weighed_mean('case when is_complete then cast(tier <= 2 as integer) end',
            'case when is_complete then pay end') }} as primary_share,
        max(case when is_complete then tier end) as worst_tier,
        count(*) over (partition by entity_id, year, dim_variant) as n_countries
    from cells
    group by entity_id, country, year, dim_variant
),

covered as (
    select
        s.*,
        g.gap,
        -- the register knows how many work for a company, not how many in each of its countries
        coalesce(
            {{ ratio('s.observed_workers', 'greatest(s.stated_workers, if(s.n_countries = 1, w.workers, 0))') }}
            * case
                when w.workers > s.stated_workers and s.n_countries = 1 then 1
                else {{ ratio('s.n_stated', 's.n_units') }}
            end,
            {{ ratio('s.n_complete', 's.n_units') }}
        ) as coverage
    from sums as s
    left join gaps as g
        on
            s.entity_id = g.entity_id and s.year = g.year and s.dim_variant = g.dim_variant
            and s.country is not distinct from g.country
    left join {{ ref('int_workforce') }} as w on s.entity_id = w.entity_id and s.year = w.year
),

measured as (
    select
        e.entity_type,
        e.entity_id,
        e.period_start,
        e.period_end,
        coalesce(c.country, e.country) as dim_region,
        v.dim_variant,
        c.gap as value,
        -- the range over the two ways to compare (U6)
        min(c.gap) over (partition by e.entity_id, e.period_start, c.country) as value_low,
        max(c.gap) over (partition by e.entity_id, e.period_start, c.country) as value_high,
        cast(null as varchar) as state,
        coalesce(c.coverage, 0) as coverage,
        coalesce(c.n_units, 0) as n_units,
        c.dq_score, c.primary_share, c.worst_tier, case when c.n_complete > 0 then 0 end as imputed_share,
        false as is_lower_bound,
        case
            when coalesce(c.n_complete, 0) = 0 then 'not_reported'
            -- nobody of a gender is something else than nobody known
            when c.gap is null and (c.lacks_a_gender or c.coverage < {{ parameter('cov_A') }})
                then 'insufficient_coverage'
            else 'ok'
        end as base_status
    from {{ ref('int_answers__entities') }} as e
    cross join unnest(['all_employees', 'same_category']) as v (dim_variant)
    left join covered as c on e.entity_id = c.entity_id and e.year = c.year and v.dim_variant = c.dim_variant
)

{{ kpi_result('S10', 'measured', dims=['dim_region', 'dim_variant']) }}
