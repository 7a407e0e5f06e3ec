{#-
  Measures made of answers for every company in scope, answered or not. `relation` names a CTE with entity_id, year,
  dim_variant, value, value_low, value_high, state, coverage, n_units, tier columns and base_status; nothing is imputed.
-#}
{% macro answered_measures(relation, variants) -%}
    select
        e.entity_type,
        e.entity_id,
        e.period_start,
        e.period_end,
        v.dim_variant,
        m.value,
        m.value_low,
        m.value_high,
        cast(m.state as varchar) as state,
        coalesce(m.coverage, 0) as coverage,
        coalesce(m.n_units, 0) as n_units,
        m.dq_score,
        m.primary_share,
        case when m.entity_id is not null then 0 end as imputed_share,
        m.worst_tier,
        false as is_lower_bound,
        coalesce(m.base_status, 'not_reported') as base_status
    from {{ ref('int_answers__entities') }} as e
    cross join unnest({{ variants }}) as v (dim_variant)
    left join {{ relation }} as m
        on e.entity_id = m.entity_id and e.year = m.year and v.dim_variant = m.dim_variant
{%- endmacro %}

{#- Rule M3: share of yes among what is known, and its ends if every unknown were no, or yes. -#}
{% macro flag_share(yes, known, applicable) -%}
    {{ ratio(yes, known) }} as value,
        {{ ratio(yes, applicable) }} as value_low,
        {{ ratio(yes ~ ' + ' ~ applicable ~ ' - ' ~ known, applicable) }} as value_high
{%- endmacro %}

{#- Status of a measure made of flags: nothing applies, nothing is known, or there is something to say. -#}
{% macro flag_status(known, applicable) -%}
    case when {{ applicable }} = 0 then 'not_applicable' when {{ known }} = 0 then 'not_reported' else 'ok' end
{%- endmacro %}

{#- KPI, measure, part, whole, and the most that one unit of the whole can have of the part. -#}
{% macro stated_pairs() -%}
    ('G03', 'functions_trained', 'risk_functions_trained', 'risk_functions', 1),
    ('G03', 'sites_assessed', 'sites_assessed', 'sites_total', 1),
    ('S04', 'over_48_regular', 'worker_weeks_over_48', 'worker_weeks_total', 1),
    ('S04', 'over_60_total', 'worker_weeks_over_60', 'worker_weeks_total', 1),
    ('S04', 'mean_weekly_hours', 'worker_weeks_hours', 'worker_weeks_total', 168),
    ('S11', 'access', 'gm_access_workers', 'workers_total', 1)
{%- endmacro %}

{#- The pairs of a KPI about workers: the register says how many there are, the answers may know of fewer sites. -#}
{% macro workforce_pairs(kpi_id) -%}
    select
        p.* replace (
            p.coverage * coalesce(least(1, {{ ratio('p.whole', 'w.workers') }}), 1) as coverage
        )
    from {{ ref('int_stated_pairs') }} as p
    left join {{ ref('int_workforce') }} as w on p.entity_id = w.entity_id and p.year = w.year
    where p.kpi_id = '{{ kpi_id }}'
{%- endmacro %}

{#- The country of each site that names one. -#}
{% macro site_countries() -%}
    select entity_id, site_id, year, max(upper(stated_text)) as country
    from {{ ref('int_stated_answers') }}
    where question_id = 'country' and site_id is not null
    group by entity_id, site_id, year
{%- endmacro %}
