{#-
  What the network measures were made of. Every measure of a graph rests on all its edges: they are named by delivery,
  with the number of lines, because each result would repeat every line of everybody.
-#}
with results as (
    {{ union_of(['kpi_r16', 'kpi_r17', 'kpi_r18', 'kpi_r19', 'kpi_r20', 'kpi_r23'], result_columns()) }}
),

purchases as (
    select * from {{ ref('int_purchases') }}
),

lines_of_results as (
    select r.*, p.spend_eur, p.supplier_id as partner_id, p.delivery_id, p.row_number
    from results as r
    inner join purchases as p on r.entity_id = p.buyer_id and extract(year from r.period_start) = p.year
    where r.entity_type = 'company' and (r.kpi_id in ('R18', 'R19') or r.dim_variant like 'supply%')
    union all
    select r.*, p.spend_eur, p.buyer_id, p.delivery_id, p.row_number
    from results as r
    inner join purchases as p on r.entity_id = p.supplier_id and extract(year from r.period_start) = p.year
    where r.dim_variant like 'demand%'
),

deliveries as (
    select year, delivery_id, count(*) as n_lines, min(row_number) as row_number
    from purchases
    group by year, delivery_id
),

network_rows as (
    select r.*, d.n_lines, d.delivery_id, d.row_number
    from results as r
    inner join deliveries as d on extract(year from r.period_start) = d.year
    where r.kpi_id in ('R16', 'R17', 'R20') or r.entity_type = 'network'
),

total_rows as (
    select r.*, t.total_eur, t.basis, t.delivery_id, t.row_number
    from results as r
    inner join {{ ref('int_input_totals') }} as t
        on r.entity_id = t.buyer_id and extract(year from r.period_start) = t.year
    where r.kpi_id in ('R18', 'R19') and t.total_eur is not null
),

inputs as (
    select
        kpi_id, entity_type, entity_id, period_start, dim_hash, 'purchase_line' as input_kind, 'spend' as input_name,
        spend_eur as input_value, partner_id as input_text, 'EUR' as input_unit, delivery_id, row_number
    from lines_of_results
    union all
    select
        kpi_id, entity_type, entity_id, period_start, dim_hash, 'purchase_line', 'lines of the network',
        n_lines, null, 'count', delivery_id, row_number
    from network_rows
    union all
    select
        kpi_id, entity_type, entity_id, period_start, dim_hash,
        case basis when 'survey' then 'answer' else 'master_data' end,
        case basis when 'survey' then 'total_input_spend' else 'intermediate_purchases' end,
        total_eur, null, 'EUR', delivery_id, row_number
    from total_rows
)

select
    kpi_id,
    entity_type,
    entity_id,
    period_start,
    dim_hash,
    input_kind,
    input_name,
    cast(input_value as double) as input_value,
    cast(input_text as varchar) as input_text,
    input_unit,
    case when input_value is null then 'missing' else 'used' end as input_state,
    delivery_id,
    row_number,
    {{ no_kpi_input() }}
from inputs
