{#- Which trade flows each result of a country and product was made of; results made of results point at them. -#}
with results as (
    {{ union_of(
        ['kpi_r01', 'kpi_r02', 'kpi_r03', 'kpi_r04', 'kpi_r05', 'kpi_r06', 'kpi_r07', 'kpi_r13'], result_columns()
    ) }}
),

blocs as (
    select iso2, case when is_eu then 'EU' else iso2 end as bloc from {{ ref('countries') }}
),

flows as (
    select
        f.*,
        f.reporter_country || '|' || f.hs6 as country_cell,
        b.bloc || '|' || f.hs6 as bloc_cell,
        make_date(f.year, 1, 1) as period_start
    from {{ ref('int_flows') }} as f
    inner join blocs as b on f.reporter_country = b.iso2
),

flows_of_results as (
    select r.kpi_id, r.entity_type, r.entity_id, r.dim_hash, f.*
    from results as r
    inner join flows as f
        on r.entity_id = f.country_cell and r.dim_category = f.hs_revision and r.period_start = f.period_start
    where r.entity_type = 'country_product' and r.kpi_id <> 'R13' and f.flow = 'import'
    union all
    select r.kpi_id, r.entity_type, r.entity_id, r.dim_hash, f.*
    from results as r
    inner join flows as f
        on r.entity_id = f.bloc_cell and r.dim_category = f.hs_revision and r.period_start = f.period_start
    where
        r.kpi_id = 'R13' and r.dim_variant in ('flag', 'cdi1', 'cdi2', 'cdi3')
        and (f.flow = 'import' or r.dim_variant in ('flag', 'cdi3'))
    union all
    select r.kpi_id, r.entity_type, r.entity_id, r.dim_hash, f.*
    from results as r
    inner join flows as f
        on r.entity_id = 'world|' || f.hs6 and r.dim_category = f.hs_revision and r.period_start = f.period_start
    where r.kpi_id = 'R13' and f.flow = 'export' and f.code_scheme = 'baci'
),

flow_rows as (
    select
        kpi_id,
        entity_type,
        entity_id,
        period_start,
        dim_hash,
        'trade_flow' as input_kind,
        flow as input_name,
        cast(value_usd as double) as input_value,
        reporter_country || ' ' || case flow when 'import' then 'from ' else 'to ' end || partner_area as input_text,
        'USD' as input_unit,
        case when partner_country is null and kpi_id in ('R06', 'R13') then 'missing' else 'used' end as input_state,
        delivery_id,
        row_number,
        {{ no_kpi_input() }}
    from flows_of_results
),

kpi_rows as (
    select
        {{ result_and_input('m', 'c') }},
        case when c.value is null then 'missing' else 'used' end as input_state
    from results as m
    inner join results as c on m.kpi_id = c.kpi_id and m.dim_category = c.dim_category
    where (
        m.kpi_id = 'R05' and m.entity_type = 'region' and c.entity_type = 'country_product'
        and left(c.entity_id, 3) = m.entity_id || '|' and m.period_start = c.period_start
    ) or (
        m.kpi_id = 'R13' and m.dim_variant = 'lasting' and c.dim_variant = 'flag' and m.entity_id = c.entity_id
        and extract(year from c.period_start) <= extract(year from m.period_start)
        and extract(year from c.period_start)
        > extract(year from m.period_start) - {{ parameter('cdi_lasting_window') }}
    )
)

select * from flow_rows

union all

{{ kpi_inputs('kpi_rows') }}
