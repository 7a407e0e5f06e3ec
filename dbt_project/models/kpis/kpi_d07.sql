with

steps as (
    select
        entity_id,
        year,
        item,
        question_id,
        lower(trim(value_text)) as answer,
        data_tier
    from {{ ref('int_answers') }}
    where question_id like 'ddg_step_%' and site_id is null
),

relations as (
    select buyer_id, supplier_id, year, sum(spend_eur) as spend
    from {{ ref('int_purchases') }}
    group by buyer_id, supplier_id, year
),

-- what is said of one supplier goes before what is said of all
answered as (
    select
        r.buyer_id,
        r.supplier_id,
        r.year,
        r.spend,
        s.step,
        coalesce(own.answer, everyone.answer, 'unknown') as answer,
        coalesce(own.data_tier, everyone.data_tier) as data_tier
    from relations as r
    cross join unnest(['ddg_step_1', 'ddg_step_2', 'ddg_step_3', 'ddg_step_4', 'ddg_step_5', 'ddg_step_6']) as s (step)
    left join steps as own
        on r.buyer_id = own.entity_id and r.year = own.year and s.step = own.question_id and r.supplier_id = own.item
    left join steps as everyone
        on
            r.buyer_id = everyone.entity_id and r.year = everyone.year and s.step = everyone.question_id
            and coalesce(everyone.item, '') = ''
    where exists (select 1 from steps as k where k.entity_id = r.buyer_id and k.year = r.year)
),

per_step as (
    select
        buyer_id,
        year,
        step,
        {{ ratio("coalesce(sum(case when answer = 'yes' then spend end), 0)",
                 "sum(case when answer in ('yes', 'no') then spend end)") }} as value,
        {{ ratio("coalesce(sum(case when answer = 'yes' then spend end), 0)", "sum(spend)") }} as value_low,
        1 - {{ ratio("coalesce(sum(case when answer = 'no' then spend end), 0)", "sum(spend)") }} as value_high,
        {{ ratio("coalesce(sum(case when answer in ('yes', 'no') then spend end), 0)", "sum(spend)") }} as coverage,
        count(*) as n_units,
        coalesce({{ weighed_mean('data_tier', 'spend') }}, 2) as dq_score,
        max(data_tier) as worst_tier
    from answered
    group by buyer_id, year, step
),

-- the chain is as strong as its weakest step
variants as (
    select * from per_step
    union all
    select
        buyer_id, year, 'overall' as step, case when count(value) = 6 then min(value) end as value,
        min(value_low) as value_low, min(value_high) as value_high, min(coverage) as coverage, max(n_units) as n_units,
        max(dq_score) as dq_score, max(worst_tier) as worst_tier
    from per_step
    group by buyer_id, year
),

measured as (
    select
        *,
        'company' as entity_type,
        buyer_id as entity_id,
        make_date(year, 1, 1) as period_start,
        make_date(year, 12, 31) as period_end,
        step as dim_variant,
        cast(null as varchar) as state,
        case when worst_tier <= 2 then 1 else 0 end as primary_share,
        0 as imputed_share,
        false as is_lower_bound,
        case when coverage = 0 then 'not_reported' else 'ok' end as base_status
    from variants
)

{{ kpi_result('D07', 'measured', dims=['dim_variant']) }}
