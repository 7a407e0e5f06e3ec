{#- A sum of doubles differs in its last digits from run to run; a sum over DECIMAL does not. -#}
{% macro exact(expression) -%}
    cast(round({{ expression }}, 9) as decimal(38, 9))
{%- endmacro %}

{#- DuckDB gives inf for x / 0.0 instead of an error: every division goes through here. NULL if it has no meaning. -#}
{% macro ratio(numerator, denominator) -%}
    (cast({{ numerator }} as double) / nullif(cast({{ denominator }} as double), 0))
{%- endmacro %}

{#- A parameter of the catalogue (§16), as a number. -#}
{% macro parameter(name) -%}
    (select p.value from {{ ref('kpi_parameters') }} as p where p.name = '{{ name }}')
{%- endmacro %}
