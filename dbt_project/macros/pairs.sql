{#-
  Ratios of sums (rule M2) from pairs. A relation of pairs has entity_id, year, dim_category, dim_variant, numerator,
  denominator (NULL if not observed), weight, tier, numerator_u, denominator_u, is_imputed and is_in_scope. Only pairs
  that are complete count, in numerator and denominator alike.
-#}
{% macro summed_pairs(relation, is_share=false) -%}
, judged_pairs as (
    select
        *,
        is_in_scope and numerator is not null and denominator is not null as is_complete,
        avg(cast(weight as double)) over (partition by entity_id, year, dim_category, dim_variant) as mean_weight
    from {{ relation }}
),

-- A pair whose weight nobody knows weighs as much as the average known one.
weighed_pairs as (
    select
        *,
        {{ exact('case when mean_weight > 0 then coalesce(weight, mean_weight) else 1 end') }} as pair_weight,
        case when is_complete then numerator end as used_numerator,
        case when is_complete then denominator end as used_denominator
    from judged_pairs
),

pair_sums as (
    select
        entity_id,
        year,
        dim_category,
        dim_variant,
        sum(used_numerator) as numerator,
        sum(used_denominator) as denominator,
        {{ ratio('sum(used_numerator)', 'sum(used_denominator)') }} as ratio_of_sums,
        sqrt(cast(sum({{ exact('power(numerator_u * used_numerator, 2)') }}) as double)) as numerator_half_width,
        sqrt(cast(sum({{ exact('power(denominator_u * used_denominator, 2)') }}) as double)) as denominator_half_width,
        {{ ratio(
            'coalesce(sum(case when is_complete then pair_weight end), 0)', 'sum(case when is_in_scope then pair_weight end)'
        ) }} as coverage,
        count(*) filter (where is_in_scope) as n_units,
        count(*) filter (where is_complete) as n_complete,
        {{ weighed_mean('case when is_complete then tier end', 'used_numerator') }} as dq_score,
        {{ weighed_mean('case when is_complete then cast(tier <= 2 as integer) end', 'used_numerator') }} as primary_share,
        {{ weighed_mean('case when is_complete then cast(is_imputed as integer) end', 'used_numerator') }} as imputed_share,
        max(case when is_complete then tier end) as worst_tier
    from weighed_pairs
    group by entity_id, year, dim_category, dim_variant
),

pair_intervals as (
    select
        *,
        {{ u_product(
            ratio('numerator_half_width', 'abs(numerator)'), ratio('denominator_half_width', 'abs(denominator)')
        ) }} * abs(ratio_of_sums) as half_width
    from pair_sums
)

select
    entity_id,
    year,
    dim_category,
    dim_variant,
    numerator,
    denominator,
    ratio_of_sums as value,
    half_width,
    numerator_half_width as mass_half_width,
    {% if is_share %}greatest(0, {% endif %}{{ interval_end('ratio_of_sums', 'half_width', '-') }}{{ ')' if is_share }}
        as value_low,
    {% if is_share %}least(1, {% endif %}{{ interval_end('ratio_of_sums', 'half_width', '+') }}{{ ')' if is_share }}
        as value_high,
    coverage,
    n_units,
    dq_score,
    primary_share,
    imputed_share,
    worst_tier,
    case
        when n_units = 0 then 'not_applicable'
        when n_complete = 0 then 'not_reported'
        else 'ok'
    end as base_status
from pair_intervals
{%- endmacro %}

{#-
  One row per company in scope and year, reported or not; `relation` has the columns of summed_pairs or summed_parts and
  dim_variant. `default_variant` is the SQL text of the variant that a company without any answer is listed under.
-#}
{% macro company_ratios(relation, default_variant='null', default_category='null', is_lower_bound='false') -%}
    select
        e.entity_type,
        e.entity_id,
        e.period_start,
        e.period_end,
        coalesce(m.dim_category, {{ default_category }}) as dim_category,
        coalesce(m.dim_variant, {{ default_variant }}) as dim_variant,
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
        coalesce({{ is_lower_bound }}, false) as is_lower_bound,
        coalesce(m.base_status, 'not_reported') as base_status
    from {{ ref('int_answers__entities') }} as e
    left join {{ relation }} as m on e.entity_id = m.entity_id and e.year = m.year
{%- endmacro %}
