{#-
  Kaplan–Meier estimate of the time from a finding to its verified remedy (catalogue D04, M5, U7). Open, unverified and
  closed-without-remedy findings are censored at the as-of date; an event comes before a censoring of the same day.
-#}
with times as (
    select
        entity_id,
        period_start,
        period_end,
        unnest(list_distinct(['all', coalesce('class ' || severity_class, 'all')])) as dim_category,
        coalesce(verified_at, as_of_date) - identified_at as days,
        is_remedied
    from {{ ref('int_impacts') }}
    where impact_kind = 'actual'
),

per_day as (
    select
        entity_id,
        period_start,
        period_end,
        dim_category,
        days,
        count(*) as n_left,
        count(case when is_remedied then 1 end) as n_events
    from times
    group by entity_id, period_start, period_end, dim_category, days
),

at_risk as (
    select
        *,
        sum(n_left) over (
            partition by entity_id, period_start, dim_category order by days desc
        ) as n_at_risk
    from per_day
),

stepped as (
    select
        *,
        product(1 - cast(n_events as double) / n_at_risk) over cell_days as survival,
        -- Greenwood: at the last event, where nobody is left, the variance has no meaning
        sum(
            case when n_at_risk > n_events then cast(n_events as double) / (n_at_risk * (n_at_risk - n_events)) end
        ) over cell_days as greenwood,
        lead(days) over (partition by entity_id, period_start, dim_category order by days) as next_days
    from at_risk
    window cell_days as (partition by entity_id, period_start, dim_category order by days)
)

select
    entity_id,
    period_start,
    period_end,
    dim_category,
    days,
    next_days,
    n_left,
    n_events,
    n_at_risk,
    round(survival, 12) as survival,
    -- on the log(-log S) scale
    case
        when survival > 0 and survival < 1
            then power(survival, exp(1.959964 * sqrt(greenwood) / abs(ln(survival))))
        else survival
    end as survival_low,
    case
        when survival > 0 and survival < 1
            then power(survival, exp(-1.959964 * sqrt(greenwood) / abs(ln(survival))))
        else survival
    end as survival_high
from stepped
