{#- Round to a number of significant digits; a published figure must not carry a contributor's last digits. -#}
{% macro significant(expression, digits) -%}
    case
        when {{ expression }} = 0 then cast(0 as double)
        else round(cast({{ expression }} as double), cast({{ digits }} - 1 - floor(log10(abs({{ expression }}))) as integer))
    end
{%- endmacro %}

{#- The p %-rule: without the two largest, too little is left to hide the largest. All zero hides nobody either. -#}
{% macro is_dominated(total, largest, second, p_percent) -%}
    ({{ total }} = 0 or {{ total }} - {{ largest }} - {{ second }} < {{ p_percent }} / 100.0 * {{ largest }})
{%- endmacro %}

{#- The number of contributors as a band. -#}
{% macro count_band(n) -%}
    case when {{ n }} >= 20 then '20+' when {{ n }} >= 10 then '10-19' when {{ n }} >= 5 then '5-9' else 'below 5' end
{%- endmacro %}
