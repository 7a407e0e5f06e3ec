{#- Which results, master data and answers E05 and E12 were made of. -#}
with ratios as (
    {{ union_of(['kpi_e05', 'kpi_e12'], result_columns()) }}
),

totals as (
    {{ union_of(['kpi_e01', 'kpi_e02', 'kpi_e03', 'kpi_e04', 'kpi_e10'], result_columns()) }}
),

kpi_rows as (
    select
        {{ result_and_input('r', 't') }},
        case when t.value is null then 'missing' else 'used' end as input_state
    from ratios as r
    inner join totals as t
        on
            r.entity_id = t.entity_id and r.period_start = t.period_start
            and (
                (r.kpi_id = 'E12' and t.kpi_id = 'E10')
                or (r.kpi_id = 'E05' and t.kpi_id = 'E01')
                or (r.dim_variant = 's12_location' and t.kpi_id = 'E02')
                or (r.dim_variant in ('s12_market', 's123_market') and t.kpi_id = 'E03')
                or (r.dim_variant = 's123_market' and t.kpi_id = 'E04')
            )
),

denominators as (
    select
        r.kpi_id, r.entity_type, r.entity_id, r.period_start, r.dim_hash,
        case when r.kpi_id = 'E05' then u.revenue_from else 'master_data' end as input_kind,
        case when r.kpi_id = 'E05' then 'net revenue' else 'value added' end || ' in constant prices' as input_name,
        case when r.kpi_id = 'E05' then u.revenue_eur_const else u.value_added_eur_const end as input_value,
        'EUR' as input_unit,
        case when r.kpi_id = 'E05' then u.revenue_delivery_id else u.delivery_id end as delivery_id,
        case when r.kpi_id = 'E05' then u.revenue_row_number else u.row_number end as row_number
    from ratios as r
    inner join {{ ref('int_answers__entities') }} as u on r.entity_id = u.entity_id and r.period_start = u.period_start
    where r.kpi_id = 'E05' or r.dim_variant = 'value_added'
    union all
    select
        r.kpi_id, r.entity_type, r.entity_id, r.period_start, r.dim_hash,
        'answer', 'output_qty', a.value, a.unit, a.delivery_id, a.row_number
    from ratios as r
    inner join {{ ref('int_answers') }} as a
        on
            r.entity_id = a.entity_id and r.period_start = make_date(cast(a.year as integer), 1, 1)
            and a.question_id = 'output_qty'
    where r.kpi_id = 'E12' and r.dim_variant = 'output'
)

{{ kpi_inputs('kpi_rows') }}
union all
select
    kpi_id, entity_type, entity_id, period_start, dim_hash,
    input_kind,
    input_name,
    cast(input_value as double) as input_value,
    cast(null as varchar) as input_text,
    input_unit,
    case when input_value is null then 'missing' else 'used' end as input_state,
    delivery_id,
    row_number,
    cast(null as varchar) as input_kpi_id,
    cast(null as varchar) as input_entity_id,
    cast(null as date) as input_period_start,
    cast(null as varchar) as input_dim_hash
from denominators
