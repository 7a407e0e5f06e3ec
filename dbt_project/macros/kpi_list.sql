{#- The KPIs of the network, one name each. A new KPI adds its name here; benchmarks and quality KPIs read these. -#}
{% macro kpi_models() -%}
    {{ return([
        'kpi_g01', 'kpi_g02', 'kpi_g03', 'kpi_g04',
        'kpi_s04', 'kpi_s07', 'kpi_s10',
        'kpi_s11',
        'kpi_e06',
        'kpi_e14', 'kpi_e15', 'kpi_e18', 'kpi_e19', 'kpi_e20', 'kpi_e21',
        'kpi_e25',
        'kpi_e07', 'kpi_e08', 'kpi_e09',
        'kpi_e13', 'kpi_e16', 'kpi_e17',
        'kpi_s01', 'kpi_s02', 'kpi_s03',
        'kpi_c01', 'kpi_c02', 'kpi_c03', 'kpi_c04', 'kpi_c05', 'kpi_c06', 'kpi_c07',
        'kpi_e01', 'kpi_e02', 'kpi_e03', 'kpi_e04', 'kpi_e05', 'kpi_e10',
        'kpi_d01', 'kpi_d02', 'kpi_d03', 'kpi_d04', 'kpi_d05', 'kpi_d06', 'kpi_d07',
        'kpi_e11', 'kpi_e12', 'kpi_e22', 'kpi_e23', 'kpi_e24', 'kpi_r01', 'kpi_r02', 'kpi_r03', 'kpi_r04',
        'kpi_r05', 'kpi_r06', 'kpi_r13', 'kpi_s05', 'kpi_s06',
        'kpi_r07', 'kpi_r11', 'kpi_r16', 'kpi_r17', 'kpi_r18', 'kpi_r19', 'kpi_r20', 'kpi_r23',
        'kpi_r08', 'kpi_r09', 'kpi_r10', 'kpi_r12', 'kpi_r14', 'kpi_r15', 'kpi_r22', 'kpi_n03'
    ]) }}
{%- endmacro %}

{#- KPIs made of answers on work and conduct: they share their lineage. -#}
{% macro conduct_models() -%}
    {{ return([
        'kpi_g01', 'kpi_g02', 'kpi_g03', 'kpi_g04',
        'kpi_s04', 'kpi_s10',
        'kpi_s11',
        'kpi_s01', 'kpi_s02', 'kpi_s03'
    ]) }}
{%- endmacro %}

{#- KPIs on scarce water, circularity and material: they share their lineage. -#}
{% macro circularity_models() -%}
    {{ return(['kpi_e14', 'kpi_e15', 'kpi_e18', 'kpi_e19', 'kpi_e20', 'kpi_e21']) }}
{%- endmacro %}

{#- KPIs about KPIs: benchmarks and data quality. -#}
{% macro derived_kpi_models() -%}
    {{ return([
        'kpi_n04', 'kpi_n05',
        'kpi_b01', 'kpi_b02', 'kpi_q01', 'kpi_q02', 'kpi_q05', 'kpi_q07'
    ]) }}
{%- endmacro %}

{#- The columns of a result row (catalogue §1.2), in their order. -#}
{% macro result_columns() -%}
    {{ return([
        'kpi_id', 'kpi_key', 'kpi_version', 'entity_type', 'entity_id', 'period_start', 'period_end', 'dim_sector',
        'dim_region', 'dim_size_class', 'dim_category', 'dim_standard', 'dim_variant', 'dim_hash', 'value', 'value_low',
        'value_high', 'unit', 'state', 'status', 'coverage', 'coverage_basis', 'n_units', 'dq_score', 'primary_share',
        'imputed_share', 'worst_tier', 'is_lower_bound', 'input_snapshot_id', 'computed_at', 'supersedes'
    ]) }}
{%- endmacro %}

{#- The columns of a lineage row, in their order. -#}
{% macro lineage_columns() -%}
    {{ return([
        'kpi_id', 'entity_type', 'entity_id', 'period_start', 'dim_hash', 'input_kind', 'input_name', 'input_value',
        'input_text', 'input_unit', 'input_state', 'delivery_id', 'row_number', 'input_kpi_id', 'input_entity_id',
        'input_period_start', 'input_dim_hash'
    ]) }}
{%- endmacro %}

{#- All rows of several models that share their columns. -#}
{% macro union_of(models, columns) -%}
    {% for model in models -%}
    select
        {{ columns | join(',\n        ') }}
    from {{ ref(model) }}
    {% if not loop.last %}union all
    {% endif %}
    {%- endfor %}
{%- endmacro %}

{#- The key of a result beside another result that it was made of, in the columns that kpi_inputs reads. -#}
{% macro result_and_input(result, input) -%}
    {{ result }}.kpi_id,
        {{ result }}.entity_type,
        {{ result }}.entity_id,
        {{ result }}.period_start,
        {{ result }}.dim_hash,
        {{ input }}.kpi_id as input_kpi_id,
        {{ input }}.entity_id as input_entity_id,
        {{ input }}.period_start as input_period_start,
        {{ input }}.dim_hash as input_dim_hash,
        {{ input }}.value as input_value,
        {{ input }}.unit as input_unit
{%- endmacro %}

{#- Lineage rows whose inputs are results of other KPIs: `inputs` names the CTE. -#}
{% macro kpi_inputs(inputs) -%}
    select
        kpi_id,
        entity_type,
        entity_id,
        period_start,
        dim_hash,
        'kpi' as input_kind,
        input_kpi_id as input_name,
        input_value,
        cast(null as varchar) as input_text,
        input_unit,
        input_state,
        cast(null as varchar) as delivery_id,
        cast(null as bigint) as row_number,
        input_kpi_id,
        input_entity_id,
        input_period_start,
        input_dim_hash
    from {{ inputs }}
{%- endmacro %}

{#- The families that say which inputs each result was made of. -#}
{% macro lineage_models() -%}
    {{ return([
        'int_lineage__targets',
        'int_lineage__circularity',
        'int_lineage__environment',
        'int_lineage__intensities',
        'int_lineage__footprints',
        'int_lineage__benchmarks', 'int_lineage__certificates', 'int_lineage__context', 'int_lineage__network',
        'int_lineage__conduct',
        'int_lineage__operations', 'int_lineage__purchases', 'int_lineage__quality',
        'int_lineage__due_diligence',
        'int_lineage__clauses',
        'int_lineage__survey', 'int_lineage__trade'
    ]) }}
{%- endmacro %}
