-- What each product adds by itself to the measures that are passed on, beside its inputs that are made products.
with leaves as (
    select
        *,
        case when source_kind <> 'made' then share end as leaf_share
    from {{ ref('int_footprints__contributions') }}
),

sums as (
    select
        year,
        node_id,
        fsum(gap) as gap,
        count(*) filter (where gap is null) as n_open,
        {%- for tier in range(1, 6) %}
        count(*) filter (where tier = {{ tier }} and emission is not null) as tier_{{ tier }},
        {%- endfor %}
        fsum(leaf_share * tier) as dq_score,
        fsum(leaf_share * cast(tier <= 2 as integer)) as primary_share,
        fsum(leaf_share * cast(is_imputed as integer)) as imputed_share,
        fsum(leaf_share * primary_percent) as primary_percent,
        fsum(leaf_share * cast(is_primary_unknown as integer)) as unknown_share
    from leaves
    group by year, node_id
)

{% for system in ['quantity', 'share'] -%}
{% for measure in footprint_measures(system) -%}
select
    year,
    '{{ system }}' as system,
    node_id,
    '{{ measure }}' as measure,
    cast(coalesce({{ measure }}, 0) as double) as amount
from sums
union all
{% endfor -%}
{% endfor -%}
select
    year,
    system,
    node_id,
    'rated_share' as measure,
    coalesce(fsum(case when rating is not null then weight end), 0) as amount
from {{ ref('int_footprints__ratings') }}
group by year, system, node_id
union all
select
    year,
    system,
    node_id,
    'rated_sum',
    coalesce(fsum(rating * weight), 0)
from {{ ref('int_footprints__ratings') }}
group by year, system, node_id
