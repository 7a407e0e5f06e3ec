{#- Which emissions and which outputs the intensities per unit (E06) were made of. -#}
with results as (
    {{ union_of(['kpi_e06'], result_columns()) }}
),

scopes as (
    select
        's12_location' as dim_variant,
        unnest(['E01', 'E02']) as kpi_id
    union all
    select
        's12_market',
        unnest(['E01', 'E03'])
),

-- A company that answered for its sites alone has their parts, too.
emission_parts as (
    select distinct
        r.kpi_id, r.entity_type, r.entity_id, r.period_start, r.dim_hash,
        p.question_id, p.item, p.quantity, p.quantity_unit, p.value_state, p.delivery_id, p.row_number,
        case
            when not p.is_used or not p.is_in_scope then 'excluded'
            when p.amount is null then 'missing'
            else 'used'
        end as input_state
    from results as r
    inner join scopes as s on r.dim_variant = s.dim_variant
    inner join {{ ref('int_emissions__parts') }} as p
        on
            s.kpi_id = p.kpi_id and r.period_start = make_date(cast(p.year as integer), 1, 1)
            and r.entity_id = case r.entity_type when 'site' then p.entity_id || '|' || p.site_id else p.entity_id end
),

outputs as (
    select
        r.kpi_id, r.entity_type, r.entity_id, r.period_start, r.dim_hash,
        a.question_id, a.item, a.value, a.unit, coalesce(a.value_text, a.value_state) as value_text, a.value_state,
        a.delivery_id, a.row_number
    from results as r
    inner join {{ ref('int_answers') }} as a
        on
            r.entity_id = a.entity_id || coalesce('|' || a.site_id, '')
            and r.period_start = make_date(cast(a.year as integer), 1, 1)
    -- Allocation reads the other families of the place, too.
    where
        a.question_id in ('output_qty', 'allocation_method')
        or (a.question_id = 'net_revenue' and a.item <> '')
)

select
    kpi_id, entity_type, entity_id, period_start, dim_hash,
    {{ answer_input(
        'answer', "concat_ws(' ', question_id, nullif(item, ''))", 'quantity', 'value_state', 'quantity_unit', 'input_state',
        'delivery_id', 'row_number'
    ) }}
from emission_parts
union all
select
    kpi_id, entity_type, entity_id, period_start, dim_hash,
    {{ answer_input(
        'answer', "concat_ws(' ', question_id, nullif(item, ''))", 'value', 'value_text', 'unit',
        "case value_state when 'not_applicable' then 'excluded' when 'unknown' then 'missing' else 'used' end",
        'delivery_id', 'row_number'
    ) }}
from outputs
