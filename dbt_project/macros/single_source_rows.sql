{#-
  R05: the two shares of one entity. Sole source needs to know whether a second supplier is qualified: single-sourced
  spend without that answer leaves numerator and denominator and widens the bounds. Trade knows no alternatives.
-#}
{% macro single_source_rows(entities) %}
variants as (
    select
        *,
        'single_source' as dim_variant,
        {{ ratio('single', 'total') }} as value,
        {{ ratio('single', 'total') }} * known_share as value_low,
        {{ ratio('single', 'total') }} * known_share + 1 - known_share as value_high,
        known_share as coverage
    from {{ entities }}
    union all
    select
        *,
        'sole_source' as dim_variant,
        {{ ratio('sole', 'total - undecided') }} as value,
        {{ ratio('sole', 'total') }} * known_share as value_low,
        {{ ratio('sole + undecided', 'total') }} * known_share + 1 - known_share as value_high,
        known_share * {{ ratio('total - undecided', 'total') }} as coverage
    from {{ entities }}
    where cell_kind = 'purchase'
),

measured as (
    select
        *,
        make_date(year, 1, 1) as period_start,
        make_date(year, 12, 31) as period_end,
        cast(null as varchar) as state,
        2 as dq_score,
        1 as primary_share,
        0 as imputed_share,
        2 as worst_tier,
        false as is_lower_bound,
        case when value is null and round(coverage, 9) = 0 and total > 0 then 'insufficient_coverage' else 'ok' end
            as base_status
    from variants
)
{% endmacro %}
