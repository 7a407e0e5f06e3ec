{#-
  R13: a product is flagged if imports from outside are concentrated, dominate all imports and exceed exports. Without
  any exports the third condition is met; with exports that nobody reported nothing can be said. `tilt` moves all
  thresholds together (U6).
-#}
{% macro import_dependency_flag(tilt) -%}
    case
        when exports_usd is null then null
        when outside_usd = 0 then 0
        when round(cdi1, 9) > {{ parameter('cdi1') }} * {{ tilt }}
            and round(cdi2, 9) > {{ parameter('cdi2') }} * {{ tilt }}
            and (exports_usd = 0 or round(cdi3, 9) > {{ parameter('cdi3') }} * {{ tilt }}) then 1
        else 0
    end
{%- endmacro %}

{% macro import_dependency_flags(dependencies) %}
flags as (
    select
        *,
        {{ import_dependency_flag('1.0') }} as flag,
        {{ import_dependency_flag('1.1') }} as flag_low,
        {{ import_dependency_flag('0.9') }} as flag_high
    from {{ dependencies }}
)
{% endmacro %}

{% macro import_dependency_rows(flags, lasting, world_concentration) %}
variants as (
    select
        bloc, hs6, hs_revision, year, n_units, coverage, exports_usd is not null as is_known, 'flag' as dim_variant,
        flag as value, flag_low as value_low, flag_high as value_high
    from {{ flags }}
    union all
    {% for index in ['cdi1', 'cdi2', 'cdi3'] -%}
    select
        bloc, hs6, hs_revision, year, n_units, coverage,
        {% if index == 'cdi3' %}exports_usd is not null{% else %}true{% endif %} as is_known,
        '{{ index }}' as dim_variant, {{ index }} as value, null as value_low, null as value_high
    from {{ flags }}
    union all
    {% endfor -%}
    select
        f.bloc, f.hs6, f.hs_revision, f.year, f.n_units, l.coverage,
        l.n_flagged >= {{ parameter('cdi_lasting_years') }}
        or l.n_flagged + {{ parameter('cdi_lasting_window') }} - l.n_years < {{ parameter('cdi_lasting_years') }}
            as is_known,
        'lasting' as dim_variant,
        case when l.n_flagged >= {{ parameter('cdi_lasting_years') }} then 1 else 0 end as value,
        null as value_low, null as value_high
    from {{ flags }} as f
    inner join {{ lasting }} as l
        on f.bloc = l.bloc and f.hs6 = l.hs6 and f.hs_revision = l.hs_revision and f.year = l.year
    union all
    select
        'world' as bloc, hs6, hs_revision, year, n_exporters as n_units, 1 as coverage, true as is_known,
        'world_export_hhi' as dim_variant, world_export_hhi as value, null as value_low, null as value_high
    from {{ world_concentration }}
),

measured as (
    select
        'country_product' as entity_type,
        bloc || '|' || hs6 as entity_id,
        hs_revision as dim_category,
        dim_variant,
        make_date(year, 1, 1) as period_start,
        make_date(year, 12, 31) as period_end,
        value,
        value_low,
        value_high,
        cast(null as varchar) as state,
        coverage,
        n_units,
        2 as dq_score,
        1 as primary_share,
        0 as imputed_share,
        2 as worst_tier,
        false as is_lower_bound,
        case when coalesce(is_known, false) then 'ok' else 'not_reported' end as base_status
    from variants
)
{% endmacro %}
