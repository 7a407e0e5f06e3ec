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
        is_remedied as is_event
    from {{ ref('int_impacts') }}
    where impact_kind = 'actual'
),

{{ survival_steps() }}
