with results as (
    select *
    from {{ ref('int_kpi_values') }}
    where
        entity_type in ('company', 'network') and status <> 'not_applicable'
        -- a pair of years starts like its first year, and would be counted with it
        and extract(year from period_start) = extract(year from period_end)
),

quality_rows as (
    select * from {{ ref('kpi_q01') }}
    union all
    select * from {{ ref('kpi_q02') }}
),

kpi_rows as (
    select
        q.kpi_id,
        q.entity_type,
        q.entity_id,
        q.period_start,
        q.dim_hash,
        r.kpi_id as input_kpi_id,
        r.entity_id as input_entity_id,
        r.period_start as input_period_start,
        r.dim_hash as input_dim_hash,
        case when q.kpi_id = 'Q01' then r.coverage else r.dq_score end as input_value,
        q.unit as input_unit,
        case when q.kpi_id = 'Q01' and r.coverage is null then 'missing' else 'used' end as input_state
    from quality_rows as q
    inner join results as r
        on
            q.dim_variant = r.kpi_id
            and q.period_start = r.period_start
            and q.period_end = r.period_end
            and (
                (q.kpi_id = 'Q01' and (r.coverage is not null or r.status = 'not_reported'))
                or (q.kpi_id = 'Q02' and r.status = 'ok' and r.dq_score is not null)
            )
),

request_rows as (
    select
        q.kpi_id,
        q.entity_type,
        q.entity_id,
        q.period_start,
        q.dim_hash,
        'master_data' as input_kind,
        'request ' || r.request_id as input_name,
        cast(case when r.is_answered then 1 else 0 end as double) as input_value,
        r.entity_id as input_text,
        cast(null as varchar) as input_unit,
        case when r.is_answered then 'used' else 'missing' end as input_state,
        r.delivery_id,
        r.row_number,
        cast(null as varchar) as input_kpi_id,
        cast(null as varchar) as input_entity_id,
        cast(null as date) as input_period_start,
        cast(null as varchar) as input_dim_hash
    from {{ ref('kpi_q05') }} as q
    inner join {{ ref('int_requests__answered') }} as r
        on
            extract(year from q.period_start) = r.year
            and coalesce(q.dim_size_class, r.size_class) = r.size_class
            and coalesce(q.dim_region, r.country) = r.country
)

{{ kpi_inputs('kpi_rows') }}

union all

select * from request_rows
