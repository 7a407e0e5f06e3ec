{#- The columns of a lineage row whose input is a delivered row, not another result. -#}
{% macro no_kpi_input() -%}
    cast(null as varchar) as input_kpi_id,
        cast(null as varchar) as input_entity_id,
        cast(null as date) as input_period_start,
        cast(null as varchar) as input_dim_hash
{%- endmacro %}
