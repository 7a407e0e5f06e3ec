{#- The question that counts the cases of each rate. -#}
{% macro injury_counts() -%}
    {{ return({'S05': 'lost_time_injuries', 'S06': 'recordable_injuries', 'S07': 'fatalities'}) }}
{%- endmacro %}

{#- The question of the rate that a column names. -#}
{% macro injury_question(kpi_id) -%}
    case {{ kpi_id }}
    {%- for kpi, question in injury_counts().items() %} when '{{ kpi }}' then '{{ question }}'{% endfor %} end
{%- endmacro %}

{#-
  Injury rates of one KPI for every company in scope: all workers together, and employees and non-employees where the
  company tells them apart. `bases` maps a variant to the hours that the rate refers to.
-#}
{% macro injury_rates(kpi_id, bases) -%}
exposures as (
    select *
    from {{ ref('int_safety') }}
    where kpi_id = '{{ kpi_id }}'
),

in_scope as (
    select
        e.entity_type,
        e.entity_id,
        e.period_start,
        e.period_end,
        x.worker_group,
        x.cases,
        x.hours,
        x.coverage,
        x.n_units,
        x.dq_score,
        x.primary_share,
        x.imputed_share,
        x.worst_tier,
        coalesce(x.base_status, 'not_reported') as base_status
    from {{ ref('int_answers__entities') }} as e
    left join exposures as x on e.entity_id = x.entity_id and e.year = x.year
),

measured as (
    {%- for variant, base in bases.items() %}
    select
        entity_type,
        entity_id,
        period_start,
        period_end,
        case when worker_group <> 'total' then worker_group end as dim_category,
        '{{ variant }}' as dim_variant,
        {{ ratio('cases * ' ~ base.hours, 'hours') }} as value,
        {{ ratio(byar_low('cast(cases as double)') ~ ' * ' ~ base.hours, 'hours') }} as value_low,
        {{ ratio(byar_high('cast(cases as double)') ~ ' * ' ~ base.hours, 'hours') }} as value_high,
        '{{ base.unit }}' as rate_unit,
        cast(null as varchar) as state,
        coalesce(coverage, 0) as coverage,
        coalesce(n_units, 0) as n_units,
        dq_score,
        primary_share,
        imputed_share,
        worst_tier,
        false as is_lower_bound,
        base_status
    from in_scope
    {{ 'union all' if not loop.last }}
    {%- endfor %}
)
{%- endmacro %}
