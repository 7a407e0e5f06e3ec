{#- Emissions of each scope set, entity and year (E05, E06); `scopes` has the columns of int_emissions__scope_sets. -#}
{% macro scope_set_sums(scopes) -%}
summed as (
    select
        scope_set,
        entity_id,
        year,
        sum(value) as emissions_t,
        sqrt(cast(sum({{ exact('power(half_width, 2)') }}) as double)) as half_width,
        -- Scope 3 is there if category 1 is.
        count(distinct case when value is not null and coalesce(dim_category, '1') = '1' then kpi_id end) as n_scopes,
        min(case when value is not null then coverage else 0 end) as coverage,
        {{ weighed_mean('dq_score', 'value') }} as dq_score,
        {{ weighed_mean('primary_share', 'value') }} as primary_share,
        {{ weighed_mean('imputed_share', 'value') }} as imputed_share,
        max(worst_tier) as worst_tier,
        bool_or(is_lower_bound) as is_lower_bound
    from {{ scopes }}
    group by scope_set, entity_id, year
)
{%- endmacro %}
