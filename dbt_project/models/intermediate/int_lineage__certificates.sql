{#- Which purchase lines and certificates made C01 to C07, and on which suppliers the registry is silent. -#}
with results as (
    {{ union_of(['kpi_c01', 'kpi_c02', 'kpi_c04', 'kpi_c05', 'kpi_c06', 'kpi_c07'], result_columns()) }}
),

company_results as (
    select * from results where entity_type = 'company'
),

purchases as (
    select *, make_date(year, 1, 1) as period_start from {{ ref('int_purchases') }}
),

suppliers as (
    select distinct buyer_id, supplier_id, period_start from purchases
),

registry as (
    select
        holder_id,
        min(delivery_id) as delivery_id,
        arg_min(row_number, (delivery_id, row_number)) as row_number,
        bool_and(status = 'no_certificate') as is_without
    from {{ ref('stg_certification_registry__certificate') }}
    group by holder_id
),

inputs as (
    select
        r.kpi_id, r.entity_type, r.entity_id, r.period_start, r.dim_hash, 'purchase_line' as input_kind,
        'spend' as input_name, cast(p.spend_eur as double) as input_value,
        p.supplier_id as input_text, 'EUR' as input_unit,
        case when p.spend_eur is null then 'missing' when g.holder_id is null then 'excluded' else 'used' end
            as input_state, p.delivery_id, p.row_number
    from company_results as r
    inner join purchases as p on r.entity_id = p.buyer_id and r.period_start = p.period_start
    left join registry as g on p.supplier_id = g.holder_id
    union all
    select
        r.kpi_id, r.entity_type, r.entity_id, r.period_start, r.dim_hash, 'certificate' as input_kind,
        c.certificate_id as input_name, cast(null as double) as input_value, c.holder_id as input_text,
        cast(null as varchar) as input_unit,
        case
            when c.valid_from_date is null or c.last_valid_date is null then 'missing'
            when c.valid_from_date <= r.period_end and c.last_valid_date >= r.period_start then 'used'
            else 'excluded'
        end as input_state,
        c.delivery_id, c.row_number
    from company_results as r
    inner join suppliers as s on r.entity_id = s.buyer_id and r.period_start = s.period_start
    inner join {{ ref('int_certificates') }} as c
        on s.supplier_id = c.holder_id and c.is_recognised and coalesce(r.dim_standard, 'any') in ('any', c.standard_id)
    union all
    select
        r.kpi_id, r.entity_type, r.entity_id, r.period_start, r.dim_hash, 'certificate' as input_kind,
        'registry match' as input_name, case when g.holder_id is not null then 0.0 end as input_value,
        s.supplier_id as input_text, cast(null as varchar) as input_unit,
        case when g.holder_id is null then 'missing' else 'used' end as input_state, g.delivery_id, g.row_number
    from company_results as r
    inner join suppliers as s on r.entity_id = s.buyer_id and r.period_start = s.period_start
    left join registry as g on s.supplier_id = g.holder_id
    where g.holder_id is null or g.is_without
    union all
    select
        r.kpi_id, r.entity_type, r.entity_id, r.period_start, r.dim_hash, 'certificate' as input_kind,
        c.certificate_id as input_name, cast(null as double) as input_value, c.certificate_state as input_text,
        cast(null as varchar) as input_unit, 'used' as input_state, c.delivery_id, c.row_number
    from {{ ref('kpi_c03') }} as r
    inner join {{ ref('int_certificate_states') }} as c
        on
            r.period_end = c.as_of_date
            and (r.dim_standard = c.standard_id or (r.dim_standard = 'any' and c.is_recognised))
),

kpi_rows as (
    select
        {{ result_and_input('m', 'c') }},
        case when c.value is null then 'missing' else 'used' end as input_state
    from results as m
    inner join {{ ref('int_companies') }} as b on m.entity_id = b.sector and m.period_start = b.period_start
    inner join company_results as c
        on
            b.entity_id = c.entity_id and m.kpi_id = c.kpi_id and m.period_start = c.period_start
            and m.dim_standard is not distinct from c.dim_standard
            and coalesce(m.dim_variant, '') = coalesce(c.dim_variant, '')
    where m.entity_type = 'benchmark_cell'
)

select
    *,
    {{ no_kpi_input() }}
from inputs

union all

{{ kpi_inputs('kpi_rows') }}
