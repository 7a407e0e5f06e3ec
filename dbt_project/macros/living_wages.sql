{#- S01–S03 for every company in scope: one column of int_wages__gaps, with its range over benchmarks (U6, M7). -#}
{% macro living_wage_measures(column, quality, is_total=false) -%}
gaps as (
    select * from {{ ref('int_wages__gaps') }}
),

ranges as (
    select
        entity_id,
        year,
        worker_group,
        min({{ column }}) as value_low,
        max({{ column }}) as value_high
    from gaps
    group by entity_id, year, worker_group
),

in_scope as (
    select
        e.entity_type,
        e.entity_id,
        e.period_start,
        e.period_end,
        g.* exclude (entity_id),
        r.value_low,
        r.value_high,
        -- The register says how many there are; for a gender only the answers do.
        case
            when g.worker_group = 'total' then greatest(w.workers, g.stated_workers) else g.stated_workers
        end as scope_workers
    from {{ ref('int_answers__entities') }} as e
    left join gaps as g on e.entity_id = g.entity_id and e.year = g.year and g.scenario = 'value'
    left join ranges as r
        on g.entity_id = r.entity_id and g.year = r.year and g.worker_group = r.worker_group
    left join {{ ref('int_workforce') }} as w on e.entity_id = w.entity_id and e.year = w.year
),

covered as (
    select
        *,
        -- Where nobody but the answers says how many there are, a category without a number weighs like the others.
        coalesce({{ ratio('observed_workers', 'scope_workers') }}, 0)
        * case when scope_workers > stated_workers then 1 else coalesce({{ ratio('n_stated', 'n_units') }}, 0) end
            as coverage
    from in_scope
),

measured as (
    select
        entity_type,
        entity_id,
        period_start,
        period_end,
        case when worker_group <> 'total' then worker_group end as dim_category,
        {{ column }} as value,
        value_low,
        value_high,
        -- A category should hold at most a tenth of the workers unless all in it earn the same.
        case when worker_group = 'total' and widest_share > 0.1 then 'wide_categories' end as state,
        coverage,
        coalesce(n_units, 0) as n_units,
        dq_{{ quality }} as dq_score,
        primary_{{ quality }} as primary_share,
        case when has_observed then 0 end as imputed_share,
        worst_tier,
        {{ 'coalesce(has_observed and round(coverage, 9) < 1, false)' if is_total else 'false' }} as is_lower_bound,
        case
            when has_observed then 'ok'
            when has_complete then 'insufficient_coverage'
            else 'not_reported'
        end as base_status
    from covered
)
{%- endmacro %}
