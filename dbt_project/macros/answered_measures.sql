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
