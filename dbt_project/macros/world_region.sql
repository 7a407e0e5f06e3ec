{#- The five regions of the world in UN M49, from its sub-regions; Antarctica belongs to none. -#}
{% macro world_region(macro_region) -%}
    case
        when {{ macro_region }} like '%Asia' then 'Asia'
        when {{ macro_region }} like '%America%' or {{ macro_region }} = 'Caribbean' then 'Americas'
        when {{ macro_region }} in ('Africa', 'Europe', 'Oceania') then {{ macro_region }}
    end
{%- endmacro %}
