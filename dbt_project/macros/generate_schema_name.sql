{#- Schemas are named as the layers are; without this they would become main_staging, main_marts, … -#}
{% macro generate_schema_name(custom_schema_name, node) -%}
    {{ (custom_schema_name or target.schema) | trim }}
{%- endmacro %}
