with suspected as (
    select
        finding_kind,
        'supplier_survey' as source,
        entity_id,
        cast(null as varchar) as kpi_id,
        question_id,
        year,
        found,
        message,
        fix,
        delivery_id,
        row_number,
        1 as n_rows
    from {{ ref('int_findings__suspected') }}
),

outliers as (
    select
        'outlier' as finding_kind,
        cast(null as varchar) as source,
        entity_id,
        kpi_id,
        cast(null as varchar) as question_id,
        cast(extract(year from period_start) as integer) as year,
        concat_ws(' ', cast(value as varchar), unit) as found,
        concat_ws(
            ' ', kpi_id, nullif(dim_variant, ''), 'is far from its sector, robust z', round(robust_z, 2)
        ) as message,
        'Review the inputs of the value; until then it is left out of the mean of its sector.' as fix,
        cast(null as varchar) as delivery_id,
        cast(null as bigint) as row_number,
        1 as n_rows
    from {{ ref('int_benchmark_rows') }}
    where is_outlier
),

landed as (
    select
        finding_kind,
        source,
        cast(null as varchar) as entity_id,
        cast(null as varchar) as kpi_id,
        cast(null as varchar) as question_id,
        year,
        found,
        message,
        fix,
        delivery_id,
        row_number,
        n_rows
    from {{ ref('int_findings__landed') }}
),

findings as (
    select * from {{ ref('int_findings__targets') }}
    union all
    select * from suspected
    union all
    select * from outliers
    union all
    select * from landed
)

select
    md5(concat_ws(
        '|', finding_kind, source, entity_id, kpi_id, question_id, year, found, message, delivery_id, row_number
    )) as finding_id,
    finding_kind,
    source,
    entity_id,
    kpi_id,
    question_id,
    year,
    found,
    message,
    fix,
    delivery_id,
    row_number,
    cast(n_rows as bigint) as n_rows
from findings
