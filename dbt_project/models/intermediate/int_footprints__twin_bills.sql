{#-
  Bills of material from digital twins, one row per product, input and year that the edge holds in. A twin is the product
  of its manufacturer's part number; of several twins of one product the planned one counts, changed last.
-#}
with edges as (
    select
        *,
        lower(coalesce(parent_part_id, parent_id)) as product_id,
        lower(coalesce(child_part_id, child_id)) as input_product_id
    from {{ ref('stg_part_twins__bom_edge') }}
    -- The manufacturer of the parent knows its bill; the child's word on its use counts where nothing else is said.
    qualify
        row_number() over (
            partition by parent_id, child_id
            order by
                stated_by = 'parent' desc, lifecycle_phase = 'as_planned' desc nulls last, modified_at desc nulls last,
                delivery_id desc, row_number desc
        ) = 1
),

years as (
    select distinct year from {{ ref('int_answers') }}
),

dated as (
    select
        e.*,
        y.year,
        first_value(e.parent_id) over (
            partition by e.product_id, y.year
            order by e.lifecycle_phase = 'as_planned' desc nulls last, e.modified_at desc nulls last, e.parent_id
        ) as standing_parent_id
    from edges as e
    inner join years as y
        on
            coalesce(left(e.valid_from_at, 4), '0000') <= cast(y.year as varchar)
            and coalesce(left(e.valid_to_at, 10), '9999') >= y.year || '-01-01'
)

select
    year,
    product_id,
    input_product_id,
    max(parent_bpn) as parent_bpn,
    max(child_bpn) as child_bpn,
    case when bool_and(quantity is not null) then sum(cast(quantity as double)) end as quantity,
    case when count(distinct unit) = 1 then max(unit) end as unit,
    count(distinct unit) as n_units,
    min(delivery_id) as delivery_id,
    min(row_number) as row_number
from dated
where parent_id = standing_parent_id
group by year, product_id, input_product_id
