{#- Inputs of each made product: declared units of the input per declared unit of the product, losses included. -#}
with answered as (
    select
        year,
        maker_id || '|' || product_id as node_id,
        component_id as input_product_id,
        cast(null as varchar) as input_maker_id,
        sum(cast(value as double)) as quantity,
        cast(null as varchar) as unit,
        'answer' as input_kind,
        min(value_state) as value_state,
        min(delivery_id) as delivery_id,
        min(row_number) as row_number
    from {{ ref('int_footprints__answers') }}
    where question_id = 'bom_qty_per_unit' and component_id <> ''
    group by year, maker_id, product_id, component_id
),

twins as (
    select
        t.year,
        m.node_id,
        t.input_product_id,
        t.child_bpn as input_maker_id,
        case when t.n_units <= 1 then t.quantity end as quantity,
        t.unit,
        'bill_of_material' as input_kind,
        case when t.quantity is null or t.n_units > 1 then 'unknown' else 'value' end as value_state,
        t.delivery_id,
        t.row_number
    from {{ ref('int_footprints__twin_bills') }} as t
    inner join {{ ref('int_footprints__made') }} as m on t.year = m.year and t.product_id = m.product_id
    -- Two makers of one part number: the twin belongs to one of them, and it is not said to which.
    qualify count(*) over (partition by t.year, t.product_id, t.input_product_id) = 1
)

select * from answered
union all
select t.*
from twins as t
where not exists (select 1 from answered as a where a.year = t.year and a.node_id = t.node_id)
