{#-
  The last step of every KPI model: the result row of the catalogue (§1.2), with the status rules (§1.3–§1.5, §2.2)
  in this one place. `measured` names a CTE with entity_type, entity_id, period_start, period_end, value, value_low,
  value_high, state, coverage, n_units, dq_score, primary_share, imputed_share, worst_tier, is_lower_bound,
  base_status and the breakdowns listed in `dims`.

  categorical: the result is the state, so a NULL value is not `undefined`.
  unit: a column or SQL expression that replaces the unit of the definition (companion measures).
-#}
{% macro dim_columns() -%}
    {{ return(['dim_sector', 'dim_region', 'dim_size_class', 'dim_category', 'dim_standard', 'dim_variant']) }}
{%- endmacro %}

{% macro dim_hash(dims=none) -%}
    md5(concat_ws('|'
    {%- for dim in dim_columns() -%}
        , coalesce({% if dims is none or dim in dims %}{{ dim }}{% else %}cast(null as varchar){% endif %}, '~')
    {%- endfor -%}
    ))
{%- endmacro %}

{% macro kpi_result(kpi_id, measured, dims=[], categorical=false, unit=none) %}
, definition as (
    select *
    from {{ ref('kpi_definitions') }}
    where kpi_id = '{{ kpi_id }}'
),

judged as (
    select
        m.*,
        d.kpi_key,
        coalesce({{ unit if unit else 'cast(null as varchar)' }}, d.unit) as result_unit,
        d.coverage_basis,
        case
            when m.base_status <> 'ok' then m.base_status
            {% if not categorical %}when m.value is null or isnan(m.value) or isinf(m.value) then 'undefined'{% endif %}
            when d.min_coverage is not null and round(coalesce(m.coverage, 0), 9) < d.min_coverage
                then 'insufficient_coverage'
            when round(coalesce(m.imputed_share, 0), 9) > {{ parameter('imputed_share_max') }} then 'insufficient_coverage'
            else 'ok'
        end as result_status
    from {{ measured }} as m
    cross join definition as d
)

select
    '{{ kpi_id }}' as kpi_id,
    j.kpi_key,
    b.catalogue_version as kpi_version,
    j.entity_type,
    j.entity_id,
    j.period_start,
    j.period_end,
    {% for dim in dim_columns() -%}
    {% if dim in dims %}cast(j.{{ dim }} as varchar){% else %}cast(null as varchar){% endif %} as {{ dim }},
    {% endfor -%}
    -- two pairs of years may start in the same year: a result is named by start and breakdowns, so the end joins them
    case
        when extract(year from j.period_start) = extract(year from j.period_end) then {{ dim_hash(dims) }}
        else md5({{ dim_hash(dims) }} || '|' || cast(j.period_end as varchar))
    end as dim_hash,
    case when j.result_status = 'ok' then round(cast(j.value as double), 9) end as value,
    round(cast(j.value_low as double), 9) as value_low,
    round(cast(j.value_high as double), 9) as value_high,
    j.result_unit as unit,
    cast(j.state as varchar) as state,
    j.result_status as status,
    round(cast(j.coverage as double), 9) as coverage,
    j.coverage_basis,
    cast(j.n_units as bigint) as n_units,
    round(cast(j.dq_score as double), 9) as dq_score,
    round(cast(j.primary_share as double), 9) as primary_share,
    round(cast(j.imputed_share as double), 9) as imputed_share,
    cast(j.worst_tier as integer) as worst_tier,
    cast(j.is_lower_bound as boolean) as is_lower_bound,
    b.snapshot_id as input_snapshot_id,
    b.as_of as computed_at,
    cast(null as varchar) as supersedes
from judged as j
cross join {{ source('landing', 'build') }} as b
{% endmacro %}
