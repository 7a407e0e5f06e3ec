{#-
  From values of the network measures to the columns of a measured value. Edges are the buyers' own purchase lines
  (tier 2) and are never imputed. `rows` names a CTE with entity_type, entity_id, year, value, value_low, value_high,
  state, coverage, n_units, base_status and the breakdowns.
-#}
{% macro network_measured(rows, dq_score='2', primary_share='1', imputed_share='0') %}
measured as (
    select
        *,
        make_date(year, 1, 1) as period_start,
        make_date(year, 12, 31) as period_end,
        {{ dq_score }} as dq_score,
        {{ primary_share }} as primary_share,
        {{ imputed_share }} as imputed_share,
        cast(ceil({{ dq_score }}) as integer) as worst_tier,
        false as is_lower_bound
    from {{ rows }}
)
{% endmacro %}

{#- Shannon entropy with the natural logarithm, of shares that add up to 1; a share of 0 adds nothing (§2.8). -#}
{% macro shannon(share) -%}
    abs(fsum(case when {{ share }} > 0 then {{ share }} * ln({{ share }}) end))
{%- endmacro %}

{#- Mid-rank percentile (0–100) of a value within its partition; `percent_rank()` is another one (§2.8). -#}
{% macro mid_rank(value, partition) -%}
    (100.0 * (rank() over (partition by {{ partition }} order by {{ value }}) - 1
        + 0.5 * count(*) over (partition by {{ partition }}, {{ value }}))
        / count({{ value }}) over (partition by {{ partition }}))
{%- endmacro %}
