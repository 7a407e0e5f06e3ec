{#- Water consumed at sites whose context is unknown, by company and year (rule M7): what the bounds have to allow for. -#}
{% macro consumption_without(context) -%}
    select
        entity_id,
        year,
        sum(consumption_m3) as consumption_m3
    from {{ ref('int_water_consumption') }}
    where is_in_scope and {{ context }} is null and consumption_m3 > 0
    group by entity_id, year
{%- endmacro %}

{#- Who consumed water somewhere unknown has reported, though not enough. -#}
{% macro status_without_context(status, unknown) -%}
    case
        when {{ status }} = 'not_reported' and {{ unknown }} is not null then 'insufficient_coverage'
        else {{ status }}
    end
{%- endmacro %}
