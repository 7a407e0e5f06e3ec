{#- Lineage of survey results: the row of an answer, and the row of a factor or of master data that served it. -#}
{% macro answer_input(kind, name, value, text, unit, state, delivery_id, row_number) -%}
    '{{ kind }}' as input_kind,
    {{ name }} as input_name,
    cast({{ value }} as double) as input_value,
    cast({{ text }} as varchar) as input_text,
    cast({{ unit }} as varchar) as input_unit,
    {{ state }} as input_state,
    {{ delivery_id }} as delivery_id,
    {{ row_number }} as row_number,
    {{ no_kpi_input() }}
{%- endmacro %}

{#- The columns of a lineage row whose input is a delivered row, not another result. -#}
{% macro no_kpi_input() -%}
    cast(null as varchar) as input_kpi_id,
        cast(null as varchar) as input_entity_id,
        cast(null as date) as input_period_start,
        cast(null as varchar) as input_dim_hash
{%- endmacro %}
