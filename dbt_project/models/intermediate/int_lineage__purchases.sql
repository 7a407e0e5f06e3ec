{#- Which purchase lines made each R01–R07 result of a company or category; weighted means point at categories. -#}
with results as (
    {{ union_of(['kpi_r01', 'kpi_r02', 'kpi_r03', 'kpi_r04', 'kpi_r05', 'kpi_r06', 'kpi_r07'], result_columns()) }}
),

purchases as (
    select
        *,
        buyer_id || '|' || category_id as cell_id,
        make_date(year, 1, 1) as period_start
    from {{ ref('int_purchases') }}
),

lines_of_results as (
    select r.kpi_id, r.entity_type, r.entity_id, r.dim_hash, r.dim_variant, p.*
    from results as r
    inner join purchases as p on r.entity_id = p.cell_id and r.period_start = p.period_start
    where r.entity_type = 'category'
    union all
    select r.kpi_id, r.entity_type, r.entity_id, r.dim_hash, r.dim_variant, p.*
    from results as r
    inner join purchases as p on r.entity_id = p.buyer_id and r.period_start = p.period_start
    where r.entity_type = 'company' and r.kpi_id in ('R05', 'R06', 'R07')
),

spend_inputs as (
    select
        *,
        'spend' as input_name,
        cast(spend_eur as double) as input_value,
        case when kpi_id in ('R06', 'R07') then production_country else supplier_group_id end as input_text,
        'EUR' as input_unit
    from lines_of_results
),

alternative_inputs as (
    select
        *,
        'alternatives_qualified' as input_name,
        cast(alternatives_qualified as double) as input_value,
        coalesce(item_id, category_id) as input_text,
        'count' as input_unit
    from lines_of_results
    where kpi_id = 'R05' and dim_variant = 'sole_source'
),

inputs as (
    select * from spend_inputs
    union all
    select * from alternative_inputs
),

line_rows as (
    select
        kpi_id,
        entity_type,
        entity_id,
        period_start,
        dim_hash,
        'purchase_line' as input_kind,
        input_name,
        input_value,
        input_text,
        input_unit,
        case when input_value is null or input_text is null then 'missing' else 'used' end as input_state,
        delivery_id,
        row_number,
        {{ no_kpi_input() }}
    from inputs
),

cells as (
    select distinct buyer_id, cell_id from purchases
),

kpi_rows as (
    select
        {{ result_and_input('m', 'c') }},
        case when c.value is null then 'missing' else 'used' end as input_state
    from results as m
    inner join cells as b on m.entity_id = b.buyer_id
    inner join results as c
        on
            b.cell_id = c.entity_id and m.kpi_id = c.kpi_id and m.period_start = c.period_start
            and c.entity_type = 'category' and c.dim_variant = 'headline'
    where m.dim_variant = 'spend_weighted_mean'
)

select * from line_rows

union all

{{ kpi_inputs('kpi_rows') }}
