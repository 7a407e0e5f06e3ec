{#- Rows of buyers, and the same rows of the buyers' sectors, each as an entity of the result. -#}
{% macro buyers_and_sectors(relation) -%}
    select *, 'company' as entity_type, buyer_id as entity_id, cast(null as varchar) as dim_sector from {{ relation }}
    union all
    select *, 'benchmark_cell' as entity_type, buyer_sector as entity_id, buyer_sector as dim_sector
    from {{ relation }}
    where buyer_sector is not null
{%- endmacro %}

{#- The quality columns of a value that stands on registry records (tier 3): never primary, never imputed. -#}
{% macro registry_quality() -%}
    3 as dq_score,
        0 as primary_share,
        0 as imputed_share,
        3 as worst_tier,
        false as is_lower_bound
{%- endmacro %}
