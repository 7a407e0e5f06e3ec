{#- Visibility (R19) that stands beside every graph measure: share of the end buyers' spend followed to a tier (M6). -#}
{% macro network_visibility(tier) -%}
visibility as (
    select
        year,
        {{ ratio('fsum(total_eur * visible_share)', 'sum(total_eur)') }} as coverage
    from {{ ref('int_network_visibility') }}
    where tier = {{ tier }}
    group by year
)
{%- endmacro %}
