{#- Never imputed, and no tolerance: one site that does not say leaves the company without a value. -#}
with

answers as (
    select
        entity_id,
        year,
        question_id as dim_variant,
        case when value >= 0 then value end as value,
        tier
    from {{ ref('int_stated_answers') }}
    where question_id in ('convictions', 'fines') and not is_not_applicable
),

sums as (
    select
        entity_id,
        year,
        dim_variant,
        null as state,
        sum(value) as value,
        sum(value) as value_low,
        case when count(value) = count(*) then sum(value) end as value_high,
        count(*) as n_units,
        {{ ratio('count(value)', 'count(*)') }} as coverage,
        avg(case when value is not null then tier end) as dq_score,
        avg(case when value is not null then cast(tier <= 2 as integer) end) as primary_share,
        max(case when value is not null then tier end) as worst_tier,
        case when count(value) = 0 then 'not_reported' else 'ok' end as base_status
    from answers
    group by entity_id, year, dim_variant
),

measured as (
    {{ answered_measures('sums', ['convictions', 'fines']) }}
)

{{ kpi_result('G04', 'measured', dims=['dim_variant'], unit="case dim_variant when 'fines' then 'EUR' end") }}
