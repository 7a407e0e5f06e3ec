{#-
  From flows of material to result rows, for R08–R10: company, network and region of destination, for all materials and
  each alone. `terms` adds columns to the flows; `value`, `value_low` and `value_high` are expressions over sums;
  `is_known` says which flows can be counted. Basis of the coverage is mass.
-#}
{% macro freight_measured(variants, is_known, tier) %}
flows as (
    select * from {{ ref('int_freight') }}
),

places as (
    select *, 'company' as entity_type, entity_id as owner_id from flows
    union all
    select *, 'network' as entity_type, 'network' as owner_id from flows
    union all
    select *, 'region' as entity_type, destination_country || ':' || destination_region as owner_id
    from flows
    where destination_region is not null
),

materials as (
    select *, cast(null as varchar) as dim_category from places
    union all
    select *, material as dim_category from places
),

sums as (
    {% for variant in variants -%}
    select
        entity_type,
        owner_id as entity_id,
        year,
        dim_category,
        max(region_scheme) as dim_standard,
        '{{ variant.name }}' as dim_variant,
        {{ variant.value }} as value,
        {{ variant.low }} as value_low,
        {{ variant.high }} as value_high,
        {{ ratio('sum(case when ' ~ is_known ~ ' then mass_t else 0 end)', 'sum(mass_t)') }} as coverage,
        {{ ratio('sum(case when ' ~ is_known ~ ' then mass_t * ' ~ tier ~ ' end)',
            'sum(case when ' ~ is_known ~ ' then mass_t end)') }} as dq_score,
        {{ ratio('coalesce(sum(case when ' ~ is_known ~ ' and ' ~ tier ~ ' <= 2 then mass_t end), 0)',
            'sum(case when ' ~ is_known ~ ' then mass_t end)') }} as primary_share,
        {{ ratio('coalesce(sum(case when ' ~ is_known ~ ' and ' ~ tier ~ ' = 5 then mass_t end), 0)',
            'sum(case when ' ~ is_known ~ ' then mass_t end)') }} as imputed_share,
        max(case when {{ is_known }} then {{ tier }} end) as worst_tier,
        count(*) as n_units
    from materials
    group by entity_type, owner_id, year, dim_category
    {% if not loop.last %}union all
    {% endif %}
    {%- endfor %}
),

measured as (
    select
        *,
        make_date(year, 1, 1) as period_start,
        make_date(year, 12, 31) as period_end,
        cast(null as varchar) as state,
        false as is_lower_bound,
        case when value is null and round(coalesce(coverage, 1), 9) = 0 then 'not_reported' else 'ok' end as base_status
    from sums
)
{% endmacro %}
