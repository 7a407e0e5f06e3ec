{#- Which findings, assessments, exits, answers and purchases made D01 to D07. -#}
with results as (
    {{ union_of(['kpi_d01', 'kpi_d02', 'kpi_d03', 'kpi_d04', 'kpi_d05', 'kpi_d06', 'kpi_d07'], result_columns()) }}
),

cases as (
    select
        i.*,
        case when i.severity_class is null then 'missing' else 'used' end as input_state
    from {{ ref('int_impacts') }} as i
),

inputs as (
    select
        r.kpi_id, r.entity_type, r.entity_id, r.period_start, r.dim_hash, 'finding' as input_kind,
        c.finding_id as input_name, cast(c.severity_class as double) as input_value, c.status as input_text,
        'class' as input_unit, c.input_state, c.delivery_id, c.row_number
    from results as r
    inner join cases as c
        on
            r.period_start = c.period_start
            and (
                (r.entity_type = 'finding' and r.entity_id = c.finding_id)
                or (r.entity_type = 'company' and r.entity_id = c.entity_id)
                or (r.kpi_id = 'D06' and r.dim_category = 'as_supplier' and r.entity_id = c.supplier_id)
            )
    where
        r.kpi_id in ('D01', 'D02', 'D03', 'D04', 'D06')
        and (
            r.kpi_id = 'D02' or c.is_new or r.kpi_id in ('D03', 'D04')
        )
        and (r.kpi_id <> 'D06' or r.dim_category = 'own_cases' or r.entity_id = c.supplier_id)
    union all
    select
        r.kpi_id, r.entity_type, r.entity_id, r.period_start, r.dim_hash, 'assessment' as input_kind,
        a.assessment_id as input_name, cast(a.n_findings as double) as input_value, a.site_id as input_text,
        'count' as input_unit, 'used' as input_state, a.delivery_id, a.row_number
    from results as r
    inner join {{ ref('stg_due_diligence_cases__assessment') }} as a
        on r.entity_id = a.entity_id and extract(year from r.period_start) = extract(year from a.assessment_at)
    where r.kpi_id = 'D01'
    union all
    select
        r.kpi_id, r.entity_type, r.entity_id, r.period_start, r.dim_hash, 'exit' as input_kind,
        e.exit_id as input_name, cast(e.n_actions as double) as input_value, e.exit_state as input_text,
        'count' as input_unit, case when e.is_excepted then 'excluded' else 'used' end as input_state,
        e.delivery_id, e.row_number
    from results as r
    inner join {{ ref('int_exits') }} as e on r.entity_id = e.entity_id and r.period_start = e.period_start
    where r.kpi_id = 'D05'
    union all
    select
        r.kpi_id, r.entity_type, r.entity_id, r.period_start, r.dim_hash, 'finding' as input_kind,
        c.finding_id as input_name, cast(null as double) as input_value, c.status as input_text,
        cast(null as varchar) as input_unit, 'excluded' as input_state, c.delivery_id, c.row_number
    from results as r
    inner join cases as c on r.entity_id = c.entity_id and r.period_start = c.period_start
    where r.kpi_id = 'D05'
    union all
    select
        r.kpi_id, r.entity_type, r.entity_id, r.period_start, r.dim_hash, 'answer' as input_kind,
        a.question_id as input_name, cast(null as double) as input_value, a.value_text as input_text,
        cast(null as varchar) as input_unit,
        case when lower(trim(a.value_text)) in ('yes', 'no') then 'used' else 'missing' end as input_state,
        a.delivery_id, a.row_number
    from results as r
    inner join {{ ref('int_answers') }} as a
        on
            r.entity_id = a.entity_id and extract(year from r.period_start) = a.year
            and (r.dim_variant = a.question_id or (r.dim_variant = 'overall' and a.question_id like 'ddg_step_%'))
    where r.kpi_id = 'D07'
)

select
    *,
    {{ no_kpi_input() }}
from inputs
