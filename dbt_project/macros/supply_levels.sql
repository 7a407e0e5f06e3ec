{#-
  From values per supply cell to result rows, for R01–R04: one row per cell (buyer × category, or importer × HS6), and
  per buyer the spend-weighted mean of its cells – cells are never pooled, since suppliers of different inputs do not
  replace each other. `cells` names a CTE with the key columns of int_supply_shares, dim_variant, value, value_low,
  value_high, n_groups, spend, spend_weight, n_weighed and n_lines.
-#}
{% macro supply_levels(cells) %}
cell_rows as (
    select
        case cell_kind when 'purchase' then 'category' else 'country_product' end as entity_type,
        owner_id || '|' || category_id as entity_id,
        year,
        hs_revision as dim_category,
        dim_variant,
        max(value) as value,
        max(value_low) as value_low,
        max(value_high) as value_high,
        {{ spend_coverage() }} as coverage,
        max(n_groups) as n_units,
        sum(spend_weight) as weight
    from {{ cells }}
    group by cell_kind, owner_id, category_id, year, hs_revision, dim_variant
),

company_rows as (
    select
        'company' as entity_type,
        owner_id as entity_id,
        year,
        cast(null as varchar) as dim_category,
        'spend_weighted_mean' as dim_variant,
        {{ ratio('fsum(spend * value)', 'sum(spend)') }} as value,
        {{ ratio('fsum(spend * value_low)', 'sum(spend)') }} * {{ spend_coverage() }} as value_low,
        {{ ratio('fsum(spend * value_high)', 'sum(spend)') }} * {{ spend_coverage() }} + 1 - {{ spend_coverage() }}
            as value_high,
        {{ spend_coverage() }} as coverage,
        count(*) as n_units,
        sum(spend_weight) as weight
    from {{ cells }}
    where cell_kind = 'purchase' and dim_variant = 'headline'
    group by owner_id, year
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
        case
            when value is null and round(coverage, 9) = 0 and coalesce(weight, 1) > 0 then 'insufficient_coverage'
            else 'ok'
        end as base_status
    from (select * from cell_rows union all select * from company_rows) as all_rows
)
{% endmacro %}
