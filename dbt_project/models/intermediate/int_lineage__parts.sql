{#- Which answers, purchase lines and factors E01–E04 and E10 were made of; a total that did not count is excluded. -#}
with results as (
    {{ union_of(['kpi_e01', 'kpi_e02', 'kpi_e03', 'kpi_e04', 'kpi_e10'], result_columns()) }}
),

parts as (
    select * from {{ ref('int_emissions__parts') }}
    union all
    select * from {{ ref('int_energy__parts') }}
),

parts_of_results as (
    select
        r.kpi_id,
        r.entity_type,
        r.entity_id,
        r.period_start,
        r.dim_hash,
        p.question_id,
        p.item,
        p.quantity,
        p.quantity_unit,
        p.value_state,
        p.delivery_id,
        p.row_number,
        p.factor_kind,
        p.factor_key,
        p.factor_value,
        p.factor_unit,
        p.factor_delivery_id,
        p.factor_row_number,
        case
            when not p.is_used or not p.is_in_scope then 'excluded'
            when p.amount is null then 'missing'
            else 'used'
        end as input_state
    from results as r
    inner join parts as p
        on
            r.kpi_id = p.kpi_id
            and r.entity_id = p.entity_id
            and r.period_start = make_date(cast(p.year as integer), 1, 1)
            and coalesce(r.dim_category, '') = coalesce(p.dim_category, '')
),

lines as (
    select
        r.kpi_id,
        r.entity_type,
        r.entity_id,
        r.period_start,
        r.dim_hash,
        r.input_state as part_state,
        l.category_id,
        l.quantity,
        l.quantity_unit,
        l.amount,
        l.delivery_id,
        l.row_number
    from parts_of_results as r
    inner join {{ ref('int_emissions__purchases') }} as l
        on
            r.question_id = 'purchase_lines'
            and r.entity_id = l.entity_id
            and r.period_start = make_date(cast(l.year as integer), 1, 1)
            and r.item = l.category_id
            and coalesce(r.factor_kind, '') = coalesce(l.factor_kind, '')
)

select
    kpi_id, entity_type, entity_id, period_start, dim_hash,
    {{ answer_input(
        'answer', "concat_ws(' ', question_id, nullif(item, ''))", 'quantity', 'value_state', 'quantity_unit', 'input_state',
        'delivery_id', 'row_number'
    ) }}
from parts_of_results
where question_id <> 'purchase_lines'
union all
select
    kpi_id, entity_type, entity_id, period_start, dim_hash,
    {{ answer_input(
        'purchase_line', "concat_ws(' ', 'purchases', category_id)", 'quantity', 'category_id', 'quantity_unit',
        "case when part_state = 'used' and amount is null then 'missing' else part_state end", 'delivery_id', 'row_number'
    ) }}
from lines
union all
select distinct
    kpi_id, entity_type, entity_id, period_start, dim_hash,
    {{ answer_input(
        'factor', "concat_ws(' ', factor_kind, factor_key)", 'factor_value', 'factor_key', 'factor_unit', 'input_state',
        'factor_delivery_id', 'factor_row_number'
    ) }}
from parts_of_results
where factor_delivery_id is not null
