{#-
  Data-quality rating and weight of each component of a footprint, per edition and dimension (E09). A rating is the one
  that the maker gave to the component in the edition of its own footprint, else the supplier's in the same edition; one
  outside the scale of its edition is no rating. In 2.x components of at most `pcf_share_min` have no weight.
-#}
with kinds as (
    {{ rating_kinds() }}
),

makers as (
    select
        year,
        maker_id || '|' || product_id as node_id,
        pact_edition
    from {{ ref('int_footprints__stated') }}
),

stated as (
    select
        year,
        maker_id || '|' || product_id as node_id,
        component_id,
        replace(question_id, 'dqr_', '') as dimension,
        cast(value as double) as rating
    from {{ ref('int_footprints__answers') }}
    where question_id like 'dqr\_%' escape '\' and component_id <> '' and value is not null
),

declared as (
    {%- for dimension in rating_dimensions() %}
    {%- if not loop.first %}
    union all
    {%- endif %}
    select
        declaration_id,
        pact_edition,
        '{{ dimension }}' as dimension,
        dqr_{{ dimension }} as rating
    from {{ ref('int_footprints__declared') }}
    {%- endfor %}
),

rated as (
    select
        c.year,
        c.node_id,
        c.component_id,
        c.source_kind,
        c.input_node_id,
        c.input_name,
        k.pact_edition,
        k.dimension,
        k.worst,
        c.share,
        k.pact_edition = '3.0' or round(c.share, 9) > {{ parameter('pcf_share_min') }} as has_weight,
        coalesce(
            case when s.rating between 1 and k.worst then s.rating end,
            case when d.rating between 1 and k.worst then d.rating end
        ) as rating
    from {{ ref('int_footprints__contributions') }} as c
    cross join kinds as k
    left join makers as m on c.year = m.year and c.node_id = m.node_id and k.pact_edition = m.pact_edition
    left join stated as s
        on
            m.year = s.year and m.node_id = s.node_id and c.component_id = s.component_id and k.dimension = s.dimension
    left join declared as d
        on c.declaration_id = d.declaration_id and k.pact_edition = d.pact_edition and k.dimension = d.dimension
    where c.share is not null
)

select
    *,
    'rating|' || pact_edition || '|' || dimension as system,
    case
        when has_weight then {{ ratio('share', 'fsum(case when has_weight then share end) over rated_product') }}
    end as weight
from rated
window rated_product as (partition by year, node_id, pact_edition, dimension)
