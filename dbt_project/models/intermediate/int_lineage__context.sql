{#- Inputs of results that read context beside purchases and trade: governance (R07), trade by chapter (R11), Q07. -#}
with results as (
    {{ union_of(['kpi_q07', 'kpi_r07', 'kpi_r11'], result_columns()) }}
),

sectors as (
    select entity_id, year, sector from {{ ref('int_companies') }}
),

lines as (
    select
        l.*,
        case l.cell_kind when 'purchase' then 'EUR' else 'USD' end as money,
        s.sector,
        l.owner_id || '|' || l.category_id as cell_id,
        make_date(l.year, 1, 1) as period_start
    from {{ ref('int_supply_lines') }} as l
    left join sectors as s on l.owner_id = s.entity_id and l.year = s.year and l.cell_kind = 'purchase'
),

sector_lines as (
    select r.*, l.country, l.year, l.delivery_id, sum(l.spend) as spend, min(l.row_number) as row_number
    from results as r
    inner join lines as l on r.dim_sector = l.sector and r.period_start = l.period_start
    where r.kpi_id = 'R07' and r.entity_type = 'network'
    group by all
),

risk_rows as (
    select distinct r.kpi_id, r.entity_type, r.entity_id, r.period_start, r.dim_hash, c.*
    from results as r
    inner join lines as l
        on
            r.period_start = l.period_start
            and (
                (r.entity_type = 'company' and r.entity_id = l.owner_id and l.cell_kind = 'purchase')
                or (r.entity_type in ('category', 'country_product') and r.entity_id = l.cell_id)
                or (r.entity_type = 'network' and r.dim_sector = l.sector)
            )
    inner join {{ ref('int_country_risk') }} as c on l.country = c.country and l.year = c.year
    where r.kpi_id = 'R07'
),

chapter_rows as (
    select r.*, f.delivery_id, sum(f.value_usd) as value_usd, min(f.row_number) as row_number
    from results as r
    inner join {{ ref('int_flows') }} as f
        on
            r.dim_category = left(f.hs6, 2) and r.dim_standard = f.hs_revision and f.flow = 'import'
            and extract(year from r.period_start) = f.year
    where r.kpi_id = 'R11'
    group by all
),

inputs as (
    select
        kpi_id, entity_type, entity_id, period_start, dim_hash, 'purchase_line' as input_kind, 'spend' as input_name,
        spend as input_value, country as input_text, 'EUR' as input_unit, delivery_id, row_number
    from sector_lines
    union all
    select
        kpi_id, entity_type, entity_id, period_start, dim_hash, 'factor', 'governance risk', risk, country, 'index',
        delivery_id, row_number
    from risk_rows
    union all
    select
        kpi_id, entity_type, entity_id, period_start, dim_hash, 'trade_flow', 'trade of the chapter', value_usd, null,
        'USD', delivery_id, row_number
    from chapter_rows
),

kpi_rows as (
    select
        {{ result_and_input('q', 'v') }}, 'used' as input_state
    from results as q
    inner join {{ ref('int_kpi_values') }} as v
        on
            q.dim_variant = v.kpi_id and q.period_start = v.period_start and q.period_end = v.period_end
            and v.entity_type = 'company' and v.status = 'ok'
    where q.kpi_id = 'Q07'
)

select
    kpi_id, entity_type, entity_id, period_start, dim_hash, input_kind, input_name,
    cast(input_value as double) as input_value, cast(input_text as varchar) as input_text, input_unit,
    case when input_value is null then 'missing' else 'used' end as input_state, delivery_id, row_number,
    {{ no_kpi_input() }}
from inputs

union all

{{ kpi_inputs('kpi_rows') }}
