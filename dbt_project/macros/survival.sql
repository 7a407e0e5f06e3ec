{#-
  Kaplan–Meier steps of the times in a CTE `times` (entity_id, period_start, period_end, dim_category, days, is_event), with
  95 % limits on the log(-log S) scale (M5, U7). An event comes before a censoring of the same day.
-#}
{% macro survival_steps() -%}
per_day as (
    select
        entity_id,
        period_start,
        period_end,
        dim_category,
        days,
        count(*) as n_left,
        count(case when is_event then 1 end) as n_events
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
{%- endmacro %}
