{#-
  Progress of a target with base (t0, y0), goal (t1, y1) and current value (t, y); catalogue N04, N05. `y` is an
  expression; the other columns are base_value, base_year, target_value, target_year and year.
-#}
{% macro target_attainment(y) -%}
    {#- No way covered is 0, also where the goal lies below the base: + 0 takes the sign off. -#}
    ({{ ratio('cast(' ~ y ~ ' as double) - base_value', 'target_value - base_value') }} + 0)
{%- endmacro %}

{#- Attained share of the way / share of the time that has passed. -#}
{% macro linear_progress(y) -%}
    {{ ratio(target_attainment(y), ratio('year - base_year', 'target_year - base_year')) }}
{%- endmacro %}

{#- Actual / required yearly rate of change; only between positive values. -#}
{% macro growth_progress(y) -%}
    case
        when base_value > 0 and target_value > 0 and {{ y }} > 0 and year > base_year and target_year > base_year
            then {{ ratio(
                'power(cast(' ~ y ~ ' as double) / base_value, 1.0 / (year - base_year)) - 1',
                'power(target_value / base_value, 1.0 / (target_year - base_year)) - 1') }} + 0
    end
{%- endmacro %}

{#- The rate of change where it exists, else the straight line. -#}
{% macro headline_progress(y) -%}
    coalesce({{ growth_progress(y) }}, {{ linear_progress(y) }})
{%- endmacro %}

{% macro agreed_progress(y) -%}
    case
        when path_kind = 'linear' then {{ linear_progress(y) }}
        when path_kind = 'constant_rate' then {{ growth_progress(y) }}
    end
{%- endmacro %}

{#- U6: the smallest and the largest result over the current value and both ends of its interval. -#}
{% macro target_range(end, formula) -%}
    {{ 'least' if end == 'low' else 'greatest' }}(
        {{ formula('current_value') }},
        {{ formula('current_low') }},
        {{ formula('current_high') }}
    )
{%- endmacro %}

{#- Rows of N04 and N05: `variants` maps a variant (or none) to the macro of its formula. -#}
{% macro target_measured(variants) %}
progress as (
    select * from {{ ref('int_target_progress') }}
),

all_rows as (
    {% for variant, formula in variants.items() -%}
    select
        *,
        '{{ variant }}' as result_variant,
        {{ formula('current_value') }} as value,
        {{ (formula if variant else headline_progress)('current_value') }} as progress,
        {{ target_range('low', formula) }} as value_low,
        {{ target_range('high', formula) }} as value_high
    from progress
    {% if variant == 'agreed_path' %}where path_kind is not null
    {% endif %}
    {%- if not loop.last %}union all
    {% endif %}
    {%- endfor %}
),

measured as (
    select
        entity_type,
        entity_id,
        dim_sector,
        target_id as dim_category,
        nullif(result_variant, '') as dim_variant,
        make_date(year, 1, 1) as period_start,
        make_date(year, 12, 31) as period_end,
        case when obstacle is null then value end as value,
        case when obstacle is null then value_low end as value_low,
        case when obstacle is null then value_high end as value_high,
        case
            when obstacle is not null then obstacle
            when (current_value - target_value) * sign(target_value - base_value) >= 0 then 'achieved'
            when round(progress, 9) >= {{ parameter('on_track') }} then 'on_track'
            when round(progress, 9) >= {{ parameter('moderate') }} then 'moderate'
            when round(progress, 9) >= 0 then 'insufficient'
            when progress < 0 then 'moving_away'
        end as state,
        case obstacle when 'no_base_value' then 0.666666667 when 'no_current_value' then 0.666666667 else 1 end
            as coverage,
        n_units,
        dq_score,
        primary_share,
        imputed_share,
        worst_tier,
        false as is_lower_bound,
        case
            when obstacle = 'set_with_one_pillar' then 'not_applicable'
            when obstacle in ('no_base_value', 'no_current_value') then 'not_reported'
            when obstacle = 'current_value_not_ok' then current_status
            when obstacle = 'coverage_differs' then 'insufficient_coverage'
            when obstacle is not null then 'undefined'
            else 'ok'
        end as base_status
    from all_rows
)
{% endmacro %}

{#- Variants that stand for the whole of a KPI, in the order in which a target without a variant takes them. -#}
{% macro whole_variants() -%}
    ['', 'headline', 'spend_weighted_mean', 'all', 'share']
{%- endmacro %}
