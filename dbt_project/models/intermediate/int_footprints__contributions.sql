{#-
  What each component adds to the footprint of its product, and its share. A component that nobody knows is estimated from
  the inputs of the same product that are known, by amount: the estimate decides whether the footprint can be published,
  and is never part of it. `gap` is NULL where nothing can be estimated.
-#}
with valued as (
    select
        c.*,
        coalesce(c.exempted_emissions_percent, 0) as left_out,
        i.value as input_value,
        coalesce(
            c.quantity * c.unit_emission,
            case when not isnan(i.value) then c.quantity * i.value end
        ) as emission
    from {{ ref('int_footprints__components') }} as c
    left join {{ ref('int_footprints__solved') }} as i on c.year = i.year and c.input_node_id = i.node_id
),

summed as (
    select
        *,
        fsum(abs(emission)) over product as absolute_sum,
        {{ ratio(
            "fsum(case when source_kind <> 'own' and emission is not null then abs(emission) end) over product",
            "fsum(case when source_kind <> 'own' and emission is not null then quantity end) over product"
        ) }} as mean_input
    from valued
    window product as (partition by year, node_id)
)

select
    * exclude (input_value, left_out),
    {{ ratio('abs(emission)', 'absolute_sum') }} as share,
    case
        when emission is null and source_kind <> 'own' then quantity * mean_input
        -- What a declaration left out, on top of what it holds.
        when emission is not null
            then
                abs(emission) * {{ ratio('left_out', '100 - left_out') }}
    end as gap
from summed
