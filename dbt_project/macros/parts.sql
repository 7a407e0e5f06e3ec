{#-
  Parts of an additive total (rule M1). A relation of parts has kpi_id, entity_id, year, dim_category, is_total,
  is_in_scope, amount (NULL if not observed), weight (NULL if not known), tier, u_rel, is_imputed.
-#}

{#- A reported total replaces its parts if they are missing, have gaps, or are no better in tier; never added to them. -#}
{% macro chosen_parts(relation) -%}
, judged as (
    select
        *,
        min(case when is_total and amount is not null then tier end) over quantity_asked as total_tier,
        max(case when not is_total and amount is not null then tier end) over quantity_asked as parts_tier,
        bool_or(not is_total and is_in_scope and amount is null) over quantity_asked as has_open_part
    from {{ relation }}
    window quantity_asked as (partition by kpi_id, entity_id, year, dim_category)
)

select
    *,
    is_total = (total_tier is not null and (parts_tier is null or has_open_part or total_tier <= parts_tier)) as is_used
from judged
{%- endmacro %}

{#- Answers to some questions as parts of a site; the answer without an item is the total of the site. -#}
{% macro site_parts(questions, kpi_id) -%}
    select
        {{ kpi_id }} as kpi_id,
        entity_id,
        year,
        coalesce(site_id, '') as dim_category,
        question_id,
        item,
        item = '' as is_total,
        value_state <> 'not_applicable' as is_in_scope,
        value as amount,
        value as weight,
        data_tier as tier,
        cast(u_rel as double) as u_rel,
        is_imputed,
        delivery_id,
        row_number
    from {{ ref('int_answers') }}
    where question_id in ('{{ questions | join("', '") }}')
{%- endmacro %}

{#- One row per kpi_id, entity_id, year, dim_category, in the columns of a measured value. -#}
{% macro summed_parts(relation, always_lognormal='false') -%}
, used as (
    select
        *,
        is_in_scope and amount is not null as is_observed,
        abs(amount) as contribution,
        avg(cast(weight as double)) over quantity_asked as mean_weight
    from {{ relation }}
    where is_used
    window quantity_asked as (partition by kpi_id, entity_id, year, dim_category)
),

-- A part whose weight nobody knows weighs as much as the average known one.
weighed as (
    select
        *,
        {{ exact('case when mean_weight > 0 then coalesce(weight, mean_weight) else 1 end') }} as part_weight
    from used
),

summed as (
    select
        kpi_id,
        entity_id,
        year,
        dim_category,
        sum(case when is_observed then amount end) as value,
        sqrt(cast(sum(case when is_observed then {{ exact('power(u_rel * amount, 2)') }} end) as double)) as half_width,
        sum(case when is_observed then part_weight end) as observed_weight,
        sum(case when is_in_scope then part_weight end) as scope_weight,
        sum(case when is_in_scope then 1 else 0 end) as n_units,
        sum(case when is_observed then 1 else 0 end) as n_observed,
        sum(case when is_observed then contribution end) as contributions,
        sum(case when is_observed then contribution * tier end) as tier_contributions,
        sum(case when is_observed and tier <= 2 then contribution end) as primary_contributions,
        sum(case when is_observed and is_imputed then contribution end) as imputed_contributions,
        max(case when is_observed then tier end) as worst_tier,
        bool_and(not is_observed or tier <= 2) as is_primary,
        bool_or(is_observed and is_imputed) as has_imputed
    from weighed
    group by kpi_id, entity_id, year, dim_category
)

select
    kpi_id,
    entity_id,
    year,
    dim_category,
    value,
    half_width,
    {{ interval_end('value', 'half_width', '-', always_lognormal) }} as value_low,
    {{ interval_end('value', 'half_width', '+', always_lognormal) }} as value_high,
    coalesce({{ ratio('observed_weight', 'scope_weight') }}, {{ ratio('n_observed', 'n_units') }}) as coverage,
    n_units,
    -- An all-zero value has no contributions to weigh by; its quality is that of its worst part.
    coalesce({{ ratio('tier_contributions', 'contributions') }}, worst_tier) as dq_score,
    case
        when contributions > 0 then coalesce({{ ratio('primary_contributions', 'contributions') }}, 0)
        when n_observed > 0 then cast(is_primary as integer)
    end as primary_share,
    case
        when contributions > 0 then coalesce({{ ratio('imputed_contributions', 'contributions') }}, 0)
        when n_observed > 0 then cast(has_imputed as integer)
    end as imputed_share,
    worst_tier,
    n_observed > 0 and n_observed < n_units as is_lower_bound,
    case
        when n_units = 0 then 'not_applicable'
        when n_observed = 0 then 'not_reported'
        else 'ok'
    end as base_status
from summed
{%- endmacro %}

{#- One row per company in scope and year, reported or not; `relation` comes from summed_parts. -#}
{% macro company_measures(relation, kpi_id, default_category='null') -%}
    select
        e.entity_type,
        e.entity_id,
        e.period_start,
        e.period_end,
        coalesce(m.dim_category, {{ default_category }}) as dim_category,
        m.value,
        m.value_low,
        m.value_high,
        cast(null as varchar) as state,
        coalesce(m.coverage, 0) as coverage,
        coalesce(m.n_units, 0) as n_units,
        m.dq_score,
        m.primary_share,
        m.imputed_share,
        m.worst_tier,
        coalesce(m.is_lower_bound, false) as is_lower_bound,
        coalesce(m.base_status, 'not_reported') as base_status
    from {{ ref('int_answers__entities') }} as e
    left join {{ relation }} as m
        on e.entity_id = m.entity_id and e.year = m.year and m.kpi_id = '{{ kpi_id }}'
{%- endmacro %}
