with

access as (
    {{ workforce_pairs('S11') }}
),

flags as (
    select
        entity_id,
        year,
        8 * count(distinct coalesce(site_id, '')) - count(case when is_not_applicable then 1 end) as n_units,
        count(case when stated_text in ('yes', 'no') then 1 end) as n_known,
        count(case when stated_text = 'yes' then 1 end) as n_met,
        avg(case when stated_text in ('yes', 'no') then tier end) as dq_score,
        avg(case when stated_text in ('yes', 'no') then cast(tier <= 2 as integer) end) as primary_share,
        max(case when stated_text in ('yes', 'no') then tier end) as worst_tier
    from {{ ref('int_stated_answers') }}
    where question_id like 'gm_criteria_%' and item = ''
    group by entity_id, year
),

criteria as (
    select
        *,
        {{ flag_share('n_met', 'n_known', 'n_units') }},
        {{ ratio('n_known', 'n_units') }} as coverage,
        {{ flag_status('n_known', 'n_units') }} as base_status
    from flags
),

-- who states zero cases, or names a case, has told of its cases; who says nothing has not
telling as (
    select
        entity_id, year, avg(tier) as dq_score, avg(cast(tier <= 2 as integer)) as primary_share,
        max(tier) as worst_tier
    from {{ ref('int_stated_answers') }}
    where question_id = 'case_opened' and value_state in ('value', 'zero') and not is_imputed
    group by entity_id, year
),

closures as (
    select
        entity_id,
        extract(year from period_start) as year,
        sum(n_left) as n_cases,
        coalesce(arg_max(survival, days) filter (where days <= 90), 1) as survival,
        coalesce(arg_max(survival_low, days) filter (where days <= 90), 1) as survival_low,
        coalesce(arg_max(survival_high, days) filter (where days <= 90), 1) as survival_high
    from {{ ref('int_grievance_survival') }}
    group by entity_id, period_start
),

cases as (
    select t.*, w.workers, coalesce(c.n_cases, 0) as n_cases, c.survival, c.survival_low, c.survival_high
    from telling as t
    left join closures as c on t.entity_id = c.entity_id and t.year = c.year
    left join {{ ref('int_workforce') }} as w on t.entity_id = w.entity_id and t.year = w.year
),

{% set common = 'entity_id, year, dq_score, primary_share, worst_tier, cast(null as varchar) as state' -%}
variants as (
    select
        {{ common }}, 'access' as dim_variant, value, value_low, value_high, coverage, n_units, base_status
    from access
    union all
    select {{ common }}, 'criteria', value, value_low, value_high, coverage, n_units, base_status from criteria
    union all
    select {{ common }}, 'cases_rate', 1000 * {{ ratio('n_cases', 'workers') }}, null, null, 1, n_cases, 'ok' from cases
    union all
    select
        {{ common }}, 'closed_within_90d', 1 - survival, 1 - survival_high, 1 - survival_low, 1, n_cases,
        case when n_cases = 0 then 'not_applicable' else 'ok' end
    from cases
),

measured as (
    {{ answered_measures('variants', ['access', 'criteria', 'cases_rate', 'closed_within_90d']) }}
)

{{ kpi_result('S11', 'measured', dims=['dim_variant'], unit="case dim_variant when 'cases_rate' then 'per 1000' end") }}
